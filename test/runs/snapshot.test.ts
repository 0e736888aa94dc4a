import { expect, it } from 'vitest';
import { Recorder } from '../../src/engine/recorder.ts';
import { histogramBins } from '../../src/engine/recording.ts';
import { snapshot } from '../../src/runs/snapshot.ts';
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
