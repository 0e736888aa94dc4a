/** The main job, as a person does it: open a file, click, watch, read. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/analysis/numbers.ts';
import { analyzeOnCommandLine } from './harness/commandLine.ts';
import { openWorkbench, shareWorkbench } from './harness/session.ts';
import type { Workbench } from './harness/workbench.ts';

const example = 'deep-sigmoid.vgnet';

/** Clicks the first network's lens; ends when the verdict stands. */
async function analyze(workbench: Workbench): Promise<void> {
  const editor = workbench.editor(example);
  await editor.clickLens('Analyze gradients');
  await editor.lens(/vanishing: /).waitFor();
}

describe('a click on "Analyze gradients"', () => {
  const share = shareWorkbench({ open: example }, analyze);

  async function analyzed() {
    const workbench = await share();
    return { workbench, editor: workbench.editor(example) };
  }

  it('draws every layer over training, and the norms by layer', async () => {
    const { workbench } = await analyzed();
    await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.05);
    await expect.poll(() => workbench.view.colouredShare('by-layer-chart')).toBeGreaterThan(0.001);
    await expect.poll(() => workbench.view.element('verdict').innerText()).toBe('vanishing');
  });

  it('fills the table with the numbers that the command line reports', async () => {
    const { workbench } = await analyzed();
    const reported = await analyzeOnCommandLine(path.join(workbench.folder, example), 'deep_sigmoid');
    expect(reported.layers.map(({ name }) => name)).toContain('hidden[1]');
    for (const { name, norm } of reported.layers) {
      await expect
        .poll(() => workbench.view.row(name))
        .toMatchObject({
          first: formatNumber(norm.first),
          last: formatNumber(norm.last),
          min: formatNumber(norm.min),
        });
    }
  });

  it('warns above the layers that fall below the threshold, and above no other', async () => {
    const { workbench, editor } = await analyzed();
    const reported = await analyzeOnCommandLine(path.join(workbench.folder, example), 'deep_sigmoid');
    const below = reported.layers.filter((layer) => layer.below);
    expect(below.length).toBeGreaterThan(0);
    const smallest = below.toSorted((a, b) => a.norm.last - b.norm.last)[0];
    await editor.lens(`${below.length} of 8 below 1e-4, smallest ${smallest?.name ?? ''}`).waitFor();
    expect(await editor.lens(/below/).count()).toBe(1);
  });

  it('explains in a hover what was measured on each layer', async () => {
    const { editor } = await analyzed();
    const rows = await editor.hover('repeat 8');
    const text = (await rows.allInnerTexts()).join('\n');
    for (let layer = 1; layer <= 8; layer += 1) expect(text).toContain(`hidden[${layer}]`);
    expect(text).toMatch(/[▁▂▃▄▅▆▇█]{8}/);
    expect(text).toContain('Open view');
  });

  it('puts its findings into Problems', async () => {
    const { workbench } = await analyzed();
    const rows = await workbench.problems();
    await expect.poll(async () => (await rows.allInnerTexts()).join('\n')).toContain('vanishing-gradient');
  });

  it('leads from the table to the line of the text', async () => {
    const { workbench, editor } = await analyzed();
    await workbench.view.element('row-output').getByRole('button').click();
    await expect.poll(() => workbench.statusItem(/Ln 9,/).count()).toBe(1);
    await editor.line('output: dense 1').waitFor();
  });
});

describe('a reload of the window', () => {
  async function analyzed() {
    const workbench = await openWorkbench({ open: example });
    await analyze(workbench);
    return { workbench, editor: workbench.editor(example) };
  }

  it('leaves the result where it was, in the text and in the view', async () => {
    const { workbench, editor } = await analyzed();
    await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.05);
    await workbench.reload();
    await editor.lens(/vanishing: /).waitFor();
    await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.05);
    await expect.poll(() => workbench.view.element('verdict').innerText()).toBe('vanishing');
  });

  it('can be followed by another run', async () => {
    const { workbench, editor } = await analyzed();
    await workbench.reload();
    await editor.lens(/vanishing: /).waitFor();
    await editor.clickLens('Analyze gradients');
    await editor.lens(/healthy|converged/).waitFor();
    await expect.poll(() => workbench.view.element('network').innerText()).toBe('deep_relu');
    await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.02);
  });
});

describe('several networks', () => {
  it('are compared with one click: only the sigmoid one is flagged', async () => {
    const workbench = await openWorkbench({ open: example });
    const editor = workbench.editor(example);
    await editor.clickLens('Compare networks');
    await editor.lens(/vanishing: /).waitFor();
    await editor.lens(/healthy|converged/).waitFor();
    expect(await editor.lens(/vanishing: /).count()).toBe(1);
  });
});
