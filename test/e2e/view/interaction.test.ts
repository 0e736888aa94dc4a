/** Everything that a person does in the view, and what the host hears of it. */
import { PNG } from 'pngjs';
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

describe('saving', () => {
  it('gives each chart as a PNG that has something on it', async () => {
    const page = await openView({ scene: 'recurrent' });
    for (const name of [
      'by-layer',
      'over-training',
      'map',
      'where-it-is-lost',
      'distribution',
      'through-time',
    ])
      await page.getByTestId(`save-${name}`).click();
    const saved = (await posted(page)).filter((message) => message.type === 'save');
    expect(saved.map(({ name }) => name)).toEqual(
      ['by-layer', 'training', 'loss', 'map', 'where-it-is-lost', 'distribution', 'through-time'].map(
        (name) => `adding_rnn-${name}.png`,
      ),
    );
    for (const { content } of saved) {
      const { data } = PNG.sync.read(Buffer.from(content, 'base64'));
      const colours = new Set(
        Array.from({ length: data.length / 4 }, (_, pixel) => data.readUInt32BE(pixel * 4)),
      );
      expect(colours.size).toBeGreaterThan(20);
    }
  });

  it('gives the table as CSV with full digits, and the run to the host', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('save-table').click();
    await page.getByTestId('save-log').click();
    const [table, log] = await posted(page);
    if (table?.type !== 'save') throw new Error('The table was not saved.');
    const lines = table.content.trim().split('\r\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^step,layer,value,first,last,smallest,largest,/);
    const shown = await page.getByTestId('row-output').locator('[data-column=now]').textContent();
    expect(Number(lines.at(-1)?.split(',')[2]).toPrecision(3)).toBe(Number(shown).toPrecision(3));
    expect(log).toEqual({ type: 'save-log', run: 'run of deep_sigmoid' });
  });
});

describe('a run that begins', () => {
  it('is drawn while it trains and judged at its end', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('analyze').click();
    await expect.poll(() => page.getByTestId('verdict').textContent()).toBe('training');
    await expect.poll(() => page.getByTestId('figures').textContent()).toMatch(/steps[1-9]\d* of 500/);
    await expect.poll(() => page.getByTestId('verdict').textContent(), { timeout: 15_000 }).toBe('vanishing');
    expect(await step(page)).toBe('499 of 499');
    expect(await page.getByTestId('runs').locator('option').count()).toBe(2);
  });

  it('stops when it is told to', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('analyze').click();
    await page.getByTestId('stop').click();
    await expect.poll(() => page.getByTestId('stop').isVisible()).toBe(false);
    expect(await posted(page)).toMatchObject([
      { type: 'analyze', network: 'deep_sigmoid' },
      { type: 'stop' },
    ]);
  });
});

describe('two runs', () => {
  it('lie over each other, panel beside panel', async () => {
    const page = await openView({ scene: 'compare' });
    await page.getByTestId('compare').locator('summary').click();
    await page.getByTestId('compare').getByRole('checkbox').check();
    await settle(page);
    expect(await page.getByTestId('training-chart-2').getAttribute('aria-label')).toContain('deep_relu');
    expect(await page.getByTestId('loss-chart').getAttribute('aria-label')).toMatch(
      /deep_sigmoid.*deep_relu/,
    );
    expect(await page.getByTestId('map-chart-2').isVisible()).toBe(true);
  });
});

describe('the page', () => {
  it('remembers what was folded and chosen when it is thrown away', async () => {
    const page = await openView({ scene: 'compare' });
    await page.getByTestId('decay-heading').click();
    await page.getByTestId('metric').selectOption('speed');
    await page.keyboard.press('Escape');
    // Remembered a moment after the last change.
    await expect
      .poll(() => page.evaluate(() => sessionStorage.getItem('vgnet view compare')))
      .toContain('speed');
    await page.reload();
    await settle(page);
    expect(await page.getByTestId('decay-heading').getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByTestId('metric').inputValue()).toBe('speed');
  });

  it('passes over what it does not know', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.evaluate(() => {
      for (const message of [
        null,
        'text',
        { type: 'from-the-future' },
        { type: 'append', run: 'unknown' },
        7,
      ])
        window.postMessage(message, '*');
    });
    await settle(page);
    expect(await page.getByTestId('verdict').textContent()).toBe('vanishing');
  });

  describe.each([320, 600, 1200])('of %d pixels', (width) => {
    it.each(['vanishing', 'compare', 'recurrent', 'huge', 'failed', 'no-run', 'markup', 'log'])(
      'holds the scene %s without scrolling sideways',
      async (scene) => {
        const page = await openView({ scene, width });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(Math.max(0, over)).toBe(0);
      },
    );
  });

  it.each(['one-step', 'one-layer', 'no-steps', 'log', 'zeros', 'deep', 'no-network', 'no-file', 'stale'])(
    'stands the scene %s',
    async (scene) => {
      const page = await openView({ scene });
      for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'Escape'])
        await page.keyboard.press(key);
      await settle(page);
      expect(await page.getByRole('main').innerText()).not.toBe('');
    },
  );
});
