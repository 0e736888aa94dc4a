/** Everything that a person does in the view, and what the host hears of it. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openView, posted, settle, useView } from './harness.ts';

useView();

const lit = (page: Page): Promise<string[]> => page.locator('tr.lit th').allTextContents();
const step = (page: Page): Promise<string | null> => page.getByTestId('step').textContent();

async function box(target: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await target.scrollIntoViewIfNeeded();
  const found = await target.boundingBox();
  if (found === null) throw new Error('It is not on the page.');
  return found;
}

describe('the keyboard', () => {
  it('moves the step for every part at once', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await settle(page);
    expect(await step(page)).toBe('10 of 499');
    expect(await page.getByTestId('by-layer-chart').getAttribute('aria-label')).toContain('at step 10');
    expect(await page.getByTestId('figures').textContent()).toContain('loss at step 10');
    await page.keyboard.press('End');
    await settle(page);
    expect(await step(page)).toBe('499 of 499');
  });

  it('moves the light from layer to layer, here and in the editor', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await settle(page);
    expect(await lit(page)).toEqual(['hidden[2]']);
    await page.keyboard.press('Enter');
    expect(await posted(page)).toMatchObject([
      { type: 'point', layer: 'hidden[1]' },
      { type: 'point', layer: 'hidden[2]' },
      { type: 'reveal', layer: 'hidden[2]' },
    ]);
  });

  it('goes to a section, opens it and folds it', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.keyboard.press('3');
    const heading = page.getByTestId('map-heading');
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await settle(page);
    expect(await heading.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByTestId('map-chart').isVisible()).toBe(false);
  });

  it('leaves its keys to fields and lists', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('threshold').focus();
    await page.keyboard.press('ArrowUp');
    await settle(page);
    expect(await lit(page)).toEqual([]);
    expect(await page.getByTestId('threshold').inputValue()).toBe('2e-4');
    expect(await posted(page)).toMatchObject([{ type: 'thresholds', thresholds: { threshold: 2e-4 } }]);
  });
});

describe('the pointer', () => {
  it('drags the step in the chart over training', async () => {
    const page = await openView({ scene: 'vanishing' });
    const { x, y, width, height } = await box(page.getByTestId('training-chart'));
    await page.mouse.move(x + 60, y + height - 60);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height - 60, { steps: 4 });
    await page.mouse.up();
    await settle(page);
    const chosen = Number((await step(page))?.split(' ')[0]);
    expect(chosen).toBeGreaterThan(150);
    expect(chosen).toBeLessThan(350);
  });

  it('takes hold of the threshold and tells the host when it lets go', async () => {
    const page = await openView({ scene: 'vanishing' });
    const { x, y, width, height } = await box(page.getByTestId('by-layer-chart'));
    const left = x + width / 2;
    // Somewhere on the way down lies the line; the pointer's shape says where.
    let line = y;
    for (; line < y + height; line += 4) {
      await page.mouse.move(left, line);
      if (await page.locator('.plot.holds-threshold').count()) break;
    }
    await page.mouse.down();
    await page.mouse.move(left, line - 40, { steps: 4 });
    const told = (await posted(page)).filter(({ type }) => type === 'thresholds');
    expect(told).toEqual([]);
    await page.mouse.up();
    await settle(page);
    const threshold = Number(await page.getByTestId('threshold').inputValue());
    expect(threshold).toBeGreaterThan(2e-4);
    expect(await posted(page)).toContainEqual(
      expect.objectContaining({
        type: 'thresholds',
        thresholds: expect.objectContaining({ threshold }) as unknown,
      }),
    );
  });

  it('lights up a layer in all parts as long as it is over it', async () => {
    const page = await openView({ scene: 'vanishing' });
    const row = await box(page.getByTestId('row-hidden[4]'));
    await page.mouse.move(row.x + 200, row.y + 5);
    await settle(page);
    expect(await page.getByTestId('distribution-layer').textContent()).toContain('hidden[4]');
    await page.mouse.move(5, 5);
    await settle(page);
    expect(await lit(page)).toEqual([]);
    expect(await posted(page)).toMatchObject([{ type: 'point', layer: 'hidden[4]' }, { type: 'point' }]);
  });

  it.each([320, 500, 640, 800])('moves nothing where it points, %d pixels wide', async (width) => {
    const page = await openView({ scene: 'vanishing', width });
    const tops: number[] = [];
    for (const name of ['output', ...[8, 7, 6, 5, 4, 3, 2, 1].map((layer) => `hidden[${layer}]`)]) {
      await page.getByTestId(`row-${name}`).hover();
      await expect.poll(() => lit(page)).toEqual([name]);
      await expect.poll(() => page.getByTestId('distribution-layer').textContent()).toContain(name);
      tops.push(await page.locator('table').evaluate((table) => table.getBoundingClientRect().top + scrollY));
    }
    expect(new Set(tops)).toEqual(new Set([tops[0]]));
  });

  it('on a name in the table shows its line', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('row-output').getByRole('button').click();
    expect(await posted(page)).toContainEqual({
      type: 'reveal',
      run: 'run of deep_sigmoid',
      layer: 'output',
    });
  });
});

describe('the table', () => {
  const first = (page: Page): Promise<string | null> =>
    page.getByTestId('table').locator('tbody th').first().textContent();

  it('sorts by a column, either way, and says so', async () => {
    const page = await openView({ scene: 'vanishing' });
    const heading = page.locator('th', { has: page.getByTestId('sort-now') });
    await page.getByTestId('sort-now').click();
    await settle(page);
    expect([await first(page), await heading.getAttribute('aria-sort')]).toEqual(['hidden[1]', 'ascending']);
    await page.getByTestId('sort-now').click();
    await settle(page);
    expect([await first(page), await heading.getAttribute('aria-sort')]).toEqual(['output', 'descending']);
  });

  it('keeps the focus on the heading that was pressed, and on the name, when it is made anew', async () => {
    const page = await openView({ scene: 'vanishing' });
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await page.getByTestId('sort-min').focus();
    await page.keyboard.press('Enter');
    await settle(page);
    expect(await focused()).toBe('sort-min');
    await page.getByTestId('link-output').focus();
    await page.getByTestId('sort-min').evaluate((button) => (button as HTMLButtonElement).click());
    await settle(page);
    expect(await first(page)).toBe('output');
    expect(await focused()).toBe('link-output');
  });

  it('leads to a line only where there is a text', async () => {
    const withText = await openView({ scene: 'vanishing' });
    expect(await withText.locator('tbody th button').count()).toBe(9);
    const log = await openView({ scene: 'log' });
    expect(await first(log)).toBe('hidden[1]');
    expect(await log.locator('tbody th button').count()).toBe(0);
    expect(await log.getByText('a name leads to its line').count()).toBe(0);
  });

  it('shows a name as the text that it is', async () => {
    const page = await openView({ scene: 'markup' });
    expect(await first(page)).toContain('<img src=x');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Gradients');
  });

  it('of a thousand layers shows the first ones and offers the rest', async () => {
    const page = await openView({ scene: 'huge' });
    expect(await page.locator('tbody tr').count()).toBe(200);
    expect(await page.getByTestId('line-note').textContent()).toBe(
      'Medians of 8 steps; a lit layer shows each. Showing 40 of 1,000 lines; the map shows every layer.',
    );
    await page.getByTestId('all-rows').click();
    expect(await page.locator('tbody tr').count()).toBe(1000);
  });
});

describe('what stands behind something that changes', () => {
  it('stays where it is when a run ends', async () => {
    const places = [];
    for (const scene of ['running', 'vanishing']) {
      const page = await openView({ scene });
      places.push((await box(page.getByTestId('by-layer-heading'))).y);
    }
    expect(places[1]).toBe(places[0]);
  });

  it.each(['healthy', 'zeros', 'diverged'])('stays where it is from step to step: %s', async (scene) => {
    const page = await openView({ scene, width: 600 });
    const places = [];
    for (const key of ['Home', 'PageDown', 'End']) {
      await page.keyboard.press(key);
      await settle(page);
      places.push((await box(page.getByTestId('sort-first'))).x);
    }
    expect(new Set(places).size).toBe(1);
  });
});
