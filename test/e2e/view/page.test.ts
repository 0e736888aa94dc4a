/** The page over the length of a run, with several of them, and thrown away. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openView, posted, settle, useView } from './harness.ts';

useView();

const step = (page: Page): Promise<string | null> => page.getByTestId('step').textContent();

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
