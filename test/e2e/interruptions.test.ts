/** What a person does to a run that is not over: stops it, edits, closes the file, starts another, reloads the window. */
import { describe, expect, it } from 'vitest';
import { openWorkbench } from './harness/session.ts';

/** Trains until somebody stops it. */
const endless = `network endless {
  input 2
  first: dense 64 tanh
  output: dense 1
}
data moons { samples = 200, noise = 0.1, seed = 7 }
train { loss = bce_with_logits, optimizer = sgd(lr=0.05), batch = 32, steps = 100000000, seed = 1 }
`;

async function start() {
  const workbench = await openWorkbench({ open: 'endless.vgnet', files: { 'endless.vgnet': endless } });
  const editor = workbench.editor('endless.vgnet');
  await editor.clickLens('Analyze gradients');
  await editor.lens(/step\s+[\d,]+ of 100,000,000 · loss/).waitFor();
  return { workbench, editor };
}

describe('a run that is not over', () => {
  it('stops by its lens and keeps what it recorded', async () => {
    const { workbench, editor } = await start();
    await editor.clickLens('Stop');
    await editor.lens(/stopped after step/).waitFor();
    await expect.poll(() => workbench.statusItem('endless').count()).toBe(0);
    await expect.poll(() => workbench.view.element('table').innerText()).toContain('first');
  });

  it('stops by the status bar', async () => {
    const { workbench, editor } = await start();
    await workbench.statusItem(/endless\s+\d+ %/).click();
    await editor.lens(/stopped after step/).waitFor();
  });

  it('goes on while its file is edited, and its result says that it is of the text before', async () => {
    const { editor } = await start();
    await editor.type('dense 64', '0');
    await editor.lens(/step\s+[\d,]+ of 100,000,000/).waitFor();
    await editor.clickLens('Stop');
    await editor.lens(/stopped after step.*before the edit/).waitFor();
  });

  it('gives way to a second run of the same network', async () => {
    const { workbench, editor } = await start();
    await editor.clickBehind('input 2');
    await workbench.runCommand('VGNet: Analyze Gradients');
    await expect.poll(() => workbench.view.element('runs').locator('option').count()).toBe(2);
    await expect.poll(() => workbench.statusItem(/endless\s+\d+ %/).count()).toBe(1);
    await workbench.statusItem(/endless\s+\d+ %/).click();
    await editor.lens(/Analyze again/).waitFor();
    await expect.poll(() => workbench.statusItem(/endless\s+\d+ %/).count()).toBe(0);
  });

  it('is over when the window is reloaded, and its network can be analyzed again', async () => {
    const { workbench, editor } = await start();
    await workbench.reload();
    await editor.lens(/Analyze (gradients|again)/).waitFor();
    expect(await workbench.statusItem(/endless\s+\d+ %/).count()).toBe(0);
    await editor.clickLens(/Analyze (gradients|again)/);
    await editor.lens(/step\s+[\d,]+ of 100,000,000 · loss/).waitFor();
    await editor.clickLens('Stop');
    await editor.lens(/stopped after step/).waitFor();
  });
});
