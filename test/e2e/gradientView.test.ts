/** The gradient view in the editor that it stands beside: what is chosen in one shows in the other, and nothing of it gets lost. */
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { readRunLog } from '../../src/protocol/runLog.ts';
import path from 'node:path';
import { analyzeOnCommandLine } from './harness/commandLine.ts';
import { saved } from './harness/saving.ts';
import { openWorkbench, shareWorkbench } from './harness/session.ts';
import type { Workbench } from './harness/workbench.ts';

const example = 'deep-sigmoid.vgnet';

async function analyze(workbench: Workbench): Promise<void> {
  const editor = workbench.editor(example);
  await editor.clickLens('Analyze gradients');
  await editor.lens(/vanishing: /).waitFor();
  await expect.poll(() => step(workbench)).toBe('499 of 499');
}

async function analyzed() {
  const workbench = await openWorkbench({ open: example });
  await analyze(workbench);
  return { workbench, editor: workbench.editor(example) };
}

const step = ({ view }: Workbench): Promise<string> => view.element('step').innerText();
const lit = ({ view }: Workbench): Promise<string[]> => view.frame.locator('tr.lit th').allInnerTexts();
const label = ({ view }: Workbench, testId: string): Promise<string | null> =>
  view.element(testId).getAttribute('aria-label');

describe('one step', () => {
  it('is scrubbed in one chart and chosen in all', async () => {
    const { workbench } = await analyzed();
    const chart = await workbench.view.element('training-chart').boundingBox();
    if (chart === null) throw new Error('The chart is not on the page.');
    const { mouse } = workbench.page;
    // Within the plot, and away from the threshold's line.
    await mouse.move(chart.x + 90, chart.y + 20);
    await mouse.down();
    await mouse.move(chart.x + 160, chart.y + 20, { steps: 8 });
    await mouse.up();
    await expect.poll(() => step(workbench)).not.toBe('499 of 499');
    const chosen = (await step(workbench)).split(' ')[0] ?? '';
    expect(Number(chosen)).toBeGreaterThan(0);
    await expect.poll(() => label(workbench, 'by-layer-chart')).toContain(`at step ${chosen}`);
    await expect
      .poll(() => workbench.view.element('figures').innerText())
      .toContain(`loss at step ${chosen}`);
  });
});

describe('one layer', () => {
  it('that is pointed at in the view is lit in the text', async () => {
    const { workbench, editor } = await analyzed();
    const decorated = editor.root.locator('.view-overlays [class*="ced-"]');
    expect(await decorated.count()).toBe(0);
    await workbench.view.element('row-output').hover();
    await expect.poll(() => decorated.count()).toBeGreaterThan(0);
    const [line, decoration] = [
      await editor.line('output: dense 1').boundingBox(),
      await decorated.first().boundingBox(),
    ];
    expect(decoration?.y).toBeCloseTo(line?.y ?? Number.NaN, 0);
    await expect.poll(() => label(workbench, 'distribution-chart')).toContain('output');
  });

  it('that the cursor stands on is lit in the view, and the way back leads to its line', async () => {
    const { workbench, editor } = await analyzed();
    // Not the end of the line: the cursor would go on to the next one.
    await editor.clickBehind('output: dense');
    await expect.poll(() => lit(workbench)).toEqual(['output']);
    await workbench.view.element('link-hidden[3]').click();
    await workbench.view.element('network').hover();
    await expect.poll(() => lit(workbench)).toEqual(['hidden[3]']);
    await expect.poll(() => workbench.statusItem(/Ln 8,/).count()).toBe(1);
  });
});

describe('the threshold', () => {
  it('moves the warnings in the text and the marks in the view with it', async () => {
    const { workbench, editor } = await analyzed();
    const { view } = workbench;
    await editor.lens(/4 of 8 below 1e-4, smallest hidden\[1\]/).waitFor();
    const field = view.element('threshold');
    await field.fill('1e-1');
    await field.press('Enter');
    await editor.lens(/8 of 8 below 0\.1, smallest hidden\[1\]/).waitFor();
    await expect.poll(() => label(workbench, 'by-layer-chart')).toMatch(/9 of 9 below/);
    await field.fill('1e-12');
    await field.press('Enter');
    await expect.poll(() => editor.lens(/ below /).count()).toBe(0);
  });
});

describe('two networks', () => {
  it('lie side by side on one scale, their losses in one chart', async () => {
    const workbench = await openWorkbench({ open: example });
    const editor = workbench.editor(example);
    await editor.clickLens('Compare networks');
    await editor.lens(/vanishing: /).waitFor();
    await editor.lens(/healthy|converged/).waitFor();
    const both = /deep_sigmoid.*deep_relu|deep_relu.*deep_sigmoid/s;
    await expect.poll(() => label(workbench, 'loss-chart')).toMatch(both);
    const panels = await Promise.all(
      ['training-chart', 'training-chart-2'].map((chart) => label(workbench, chart)),
    );
    expect(panels.join(' ')).toMatch(both);
    await expect.poll(() => workbench.view.colouredShare('training-chart-2')).toBeGreaterThan(0.02);
  });
});

describe('what was chosen', () => {
  /** Another metric, the first step, a layer, and a section that is folded. */
  async function choose(workbench: Workbench): Promise<void> {
    const { view, page } = workbench;
    await view.element('metric').selectOption('speed');
    await view.element('map-heading').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => lit(workbench)).toEqual(['hidden[1]']);
  }

  async function expectChosen(workbench: Workbench): Promise<void> {
    const { view } = workbench;
    // The first points come ahead of the whole run, so that one part may be there before another.
    await expect.poll(() => step(workbench)).toBe('0 of 499');
    await expect.poll(() => view.element('metric').inputValue()).toBe('speed');
    await expect.poll(() => view.element('map-heading').getAttribute('aria-expanded')).toBe('false');
    await expect.poll(() => lit(workbench)).toEqual(['hidden[1]']);
  }

  it('is there again after the view was hidden', async () => {
    const { workbench } = await analyzed();
    await choose(workbench);
    // The view has the focus: the file opens on top of it.
    await workbench.openFile('iris.csv');
    await expect.poll(() => workbench.page.locator('iframe.webview.ready:visible').count()).toBe(0);
    await workbench.page.getByRole('tab', { name: 'Gradients: deep-sigmoid.vgnet' }).click();
    await expectChosen(workbench);
  });

  it('is there again after the window was reloaded', async () => {
    const { workbench, editor } = await analyzed();
    await choose(workbench);
    await workbench.reload();
    await editor.lens(/vanishing: /).waitFor();
    await expectChosen(workbench);
  });
});

describe('what is saved can be read back', () => {
  const share = shareWorkbench({ open: example }, analyze);

  it('a chart as a picture of what it shows', async () => {
    const workbench = await share();
    await workbench.view.element('save-map').click();
    const { data, width, height } = PNG.sync.read(await saved(workbench, 'map.png'));
    expect(Math.min(width, height)).toBeGreaterThan(200);
    const colours = new Set(
      Array.from({ length: width * height }, (_, pixel) => data.readUInt32BE(4 * pixel)),
    );
    expect(colours.size).toBeGreaterThan(100);
  });

  it('the table with the numbers of the command line in full digits', async () => {
    const workbench = await share();
    const { layers } = await analyzeOnCommandLine(path.join(workbench.folder, example), 'deep_sigmoid');
    await workbench.view.element('save-table').click();
    const [heading = '', ...lines] = (await saved(workbench, 'table.csv'))
      .toString('utf8')
      .trim()
      .split('\r\n');
    const columns = heading.split(',');
    const rows = lines.map((line) => line.split(','));
    const column = (name: string): (string | undefined)[] =>
      rows.map((cells) => cells[columns.indexOf(name)]);
    expect(column('layer')).toEqual(layers.map(({ name }) => name));
    expect(column('last').map(Number)).toEqual(layers.map(({ norm }) => norm.last));
    expect(column('smallest').map(Number)).toEqual(layers.map(({ norm }) => norm.min));
  });

  it('a run as a log of every step', async () => {
    const workbench = await share();
    const { layers } = await analyzeOnCommandLine(path.join(workbench.folder, example), 'deep_sigmoid');
    await workbench.view.element('save-log').click();
    const outcome = readRunLog((await saved(workbench, 'run.vglog')).toString('utf8'));
    if (!outcome.ok) throw new Error(outcome.message);
    const { log } = outcome;
    expect(log.notes).toEqual([]);
    expect(log.network).toBe('deep_sigmoid');
    expect([...log.rows.steps]).toEqual(Array.from({ length: 500 }, (_, index) => index));
    const stride = log.rows.values.length / (500 * layers.length);
    expect(layers.map((_, layer) => log.rows.values[layer * stride])).toEqual(
      layers.map(({ norm }) => norm.first),
    );
  });
});
