import { describe, expect, it } from 'vitest';
import { Recorder } from '../../src/engine/recorder.ts';
import { histogramBins } from '../../src/engine/recording.ts';
import { glance, snapshot } from '../../src/runs/snapshot.ts';
import { headerOf, layersOf, rowsOf } from '../webview/run.ts';
import { applyMessage } from '../../webview/state/fromHost.ts';
import { initialState } from '../../webview/state/state.ts';

/** VS Code's channel writes the number of a message's buffers into one byte; later ones arrive as undefined. */
const mostBuffers = 255;
const keptRuns = 10;
const histogramsOfRun = 128;

function longRun(id: string) {
  const layers = layersOf(2);
  const recording = new Recorder(layers);
  const histograms = Array.from({ length: histogramsOfRun }, (_, step) => ({
    step,
    counts: new Uint32Array(layers.length * histogramBins).fill(step + 1),
  }));
  recording.add(rowsOf([[1, 2]]), histograms);
  return { id, recording, header: () => headerOf(layers, { id }), judgeBy: () => undefined };
}

function countBuffers(value: unknown): number {
  if (value instanceof ArrayBuffer) return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((count: number, part) => count + countBuffers(part), 0);
}

it('a snapshot of all runs that are kept passes whole through the channel', () => {
  const runs = Array.from({ length: keptRuns }, (_, index) => longRun(`run ${index}`));
  const message = snapshot('file:///a.vgnet', [], runs, undefined);
  expect(countBuffers(message)).toBeLessThanOrEqual(mostBuffers);
  const shown = applyMessage(initialState, message).runs;
  for (const { recording } of shown) {
    expect(recording.rows.steps).toHaveLength(1);
    expect(recording.histograms).toEqual(runs[0]?.recording.histograms);
    expect(recording.histograms.length).toBeGreaterThan(1);
  }
});

describe('a glance', () => {
  const layers = layersOf(2);

  function runOf(steps: number) {
    const run = longRun('run');
    run.recording.add(rowsOf(Array.from({ length: steps }, (_, step) => [step + 1, step + 2])), []);
    return run;
  }

  it('is few steps of the whole, the first and the last among them, with the extremes of all', () => {
    const run = runOf(5000);
    const shown = (message = glance('file:///a.vgnet', [], [run], 'run')) =>
      message && applyMessage(initialState, message).runs[0]?.recording;
    const [few, whole] = [shown(), shown(snapshot('file:///a.vgnet', [], [run], 'run'))];
    expect(few?.rows.steps.length).toBeLessThan(1000);
    expect(few?.rows.steps[0]).toBe(whole?.rows.steps[0]);
    expect(few?.rows.steps.at(-1)).toBe(whole?.rows.steps.at(-1));
    expect(few?.histograms).toEqual(whole?.histograms.slice(-1));
    for (const layer of layers.keys())
      expect(few?.extremes(layer, 'norm')).toEqual(whole?.extremes(layer, 'norm'));
  });

  it('is known for one until the whole is there: nothing was left out of the run', () => {
    const run = runOf(5000);
    const [few, whole] = [glance, snapshot].map((make) => make('file:///a.vgnet', [], [run], 'run'));
    if (few === undefined || whole === undefined) throw new Error('A long run has no glance.');
    const first = applyMessage(initialState, few);
    expect(first.runs[0]?.isGlance).toBe(true);
    expect(applyMessage(first, whole).runs[0]?.isGlance).toBeUndefined();
  });

  it('is smaller than a message that VS Code carries in a moment, however many runs there are', () => {
    const runs = Array.from({ length: keptRuns }, () => runOf(5000));
    const message = glance('file:///a.vgnet', [], runs, undefined);
    const bytes = message?.runs.reduce((sum, { rows }) => sum + rows.values.byteLength, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(2 ** 17);
  });

  it('does not go ahead of what is as small', () => {
    expect(glance('file:///a.vgnet', [], [], undefined)).toBeUndefined();
  });
});
