/** The gradient view for everybody: axe finds nothing, in each of the four kinds of theme. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { themes } from '../../scripts/code-server/themes.ts';
import { openWorkbench } from './harness/session.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

describe('the gradient view', () => {
  it.each(Object.entries(themes))('has no accessibility violation in %s', async (_name, theme) => {
    const workbench = await openWorkbench({
      open: 'deep-sigmoid.vgnet',
      settings: { 'workbench.colorTheme': theme },
    });
    const editor = workbench.editor('deep-sigmoid.vgnet');
    await editor.clickLens('Analyze gradients');
    await editor.lens(/vanishing: /).waitFor();
    await workbench.view.element('row-output').waitFor();
    const frame = await workbench.view.content();
    await frame.evaluate(axeSource);
    const violations = await frame.evaluate(async () => {
      const found = await window.axe.run(document);
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    });
    expect(violations).toEqual([]);
  });
});
