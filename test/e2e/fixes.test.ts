/** From an alarm to a cure, as a person goes: read the verdict, try fixes, choose, see that it holds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkbench } from './harness/session.ts';

const example = 'deep-sigmoid.vgnet';
const cure = 'relu with kaiming_normal in hidden';

/** Analyzes the network whose gradients vanish and clicks "Try fixes"; ends when the list is there. */
async function fixesTried() {
  const workbench = await openWorkbench({ open: example });
  const editor = workbench.editor(example);
  await editor.clickLens('Analyze gradients');
  await editor.lens(/vanishing: /).waitFor();
  await editor.clickLens('Try fixes');
  const rows = workbench.paletteRows();
  await rows.filter({ hasText: cure }).waitFor();
  return { workbench, editor, rows };
}

describe('a click on "Try fixes"', () => {
  it('ranks what was measured beside the network as it is', async () => {
    const { rows } = await fixesTried();
    const texts = await rows.allInnerTexts();
    expect(texts.length).toBeGreaterThan(3);
    expect(texts[0]).toMatch(/(converged|healthy) · loss \d/);
    expect(texts.at(-1)).toMatch(/deep_sigmoid as it is.*\s*vanishing · loss 0\.69/);
  });

  it('writes the chosen one into the text, whose verdict it is, and which another run confirms', async () => {
    const { workbench, editor, rows } = await fixesTried();
    await rows.filter({ hasText: cure }).click();
    await editor.lens(/(converged|healthy): /).waitFor();
    await expect.poll(() => editor.line('sigmoid init').count()).toBe(0);
    const verdict = /(converged|healthy): [^·]*/.exec(
      await editor.lens(/(converged|healthy): /).innerText(),
    )?.[0];
    // The run of the network as it was, that of the fix, and a new one.
    const runs = workbench.view.element('runs').locator('option');
    await expect.poll(() => runs.count()).toBe(2);
    await expect.poll(() => workbench.view.element('step').innerText()).toBe('499 of 499');
    await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.02);
    await editor.clickLens('Analyze again');
    await expect.poll(() => runs.count()).toBe(3);
    await expect
      .poll(async () => (await editor.lens(/(converged|healthy): /).allInnerTexts()).join())
      .toContain(verdict);
    // The file itself is as it was until it is saved.
    const saved = await readFile(path.join(workbench.folder, example), 'utf8');
    expect(saved).toContain('dense width sigmoid init=xavier_uniform');
  });

  it('lays before and after over each other', async () => {
    const { workbench, rows } = await fixesTried();
    const row = rows.filter({ hasText: cure });
    await row.hover();
    await row.getByRole('button').click();
    await expect.poll(() => workbench.view.element('verdict').innerText()).toMatch(/converged|healthy/);
    const compared = workbench.view.element('compare').locator('input:checked');
    await expect.poll(() => compared.count()).toBe(1);
  });
});
