/** For everybody: axe finds nothing, in four themes and every state of the view. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openView, settle, themeNames, useView } from './harness.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

useView();

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document);
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

describe.each(themeNames)('in %s', (theme) => {
  it.each(['vanishing', 'recurrent', 'diverged', 'running', 'stale', 'failed', 'no-run', 'log'])(
    'the scene %s',
    async (scene) => {
      expect(await violations(await openView({ scene, theme }))).toEqual([]);
    },
  );

  it('a layer that is lit, a chosen step, a sorted table and an open menu', async () => {
    const page = await openView({ scene: 'compare', theme, width: 600 });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.getByTestId('sort-now').click();
    await page.getByTestId('compare').locator('summary').click();
    await page.locator('.footer summary').click();
    await settle(page);
    expect(await violations(page)).toEqual([]);
  });
});

it('every chart is a picture with words that sum it up', async () => {
  const page = await openView({ scene: 'recurrent' });
  const pictures = await page
    .getByRole('img')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  expect(pictures).toHaveLength(7);
  for (const label of pictures) expect(label).toMatch(/\d/);
});

it('the verdict is announced, politely', async () => {
  const page = await openView({ scene: 'vanishing' });
  const announcer = page.getByRole('status');
  expect(await announcer.getAttribute('aria-live')).toBe('polite');
  expect(await announcer.textContent()).toMatch(/^deep_sigmoid: vanishing, hidden\[1\]/);
});
