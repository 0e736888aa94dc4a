import { describe, expect, it } from 'vitest';
import { metricOf, quantitiesPerLayer, quantityOffset } from '../../../src/analysis/metrics.ts';
import { describeByLayer, pointsAt, predictedPoints } from '../../../webview/charts/byLayerData.ts';
import { decayReach, describeDecay, hasDecay, layerDecays } from '../../../webview/charts/decayData.ts';
import { describeTime, hasTime, timeLines } from '../../../webview/charts/throughTimeData.ts';
import { layerLines, nearestLayer, placeLabels } from '../../../webview/charts/trainingData.ts';
import { logarithmicAxis } from '../../../webview/charts/valueAxis.ts';
import { Recorder } from '../../../src/engine/recorder.ts';
import { headerOf, layersOf, rowsOf, runOf } from '../run.ts';

const norm = metricOf('norm');

describe('by layer', () => {
  const run = runOf([
    [1e-6, 1e-3],
    [2e-6, 2e-3],
  ]);

  it('has a point for each layer at a row', () => {
    expect(pointsAt(run, 1, norm)).toEqual([
      { layer: 0, value: 2e-6 },
      { layer: 1, value: 2e-3 },
    ]);
  });

  it('divides the norm by the root of the four parameters for the rms', () => {
    expect(pointsAt(run, 0, metricOf('rms')).map(({ value }) => value)).toEqual([5e-7, 5e-4]);
  });

  it('leaves out layers that do not have the metric', () => {
    expect(pointsAt(run, 0, metricOf('saturation'))).toEqual([]);
  });

  it('keeps a gradient that is not a number', () => {
    expect(pointsAt(runOf([[Number.NaN, 1]]), 0, norm)[0]).toEqual({ layer: 0, value: Number.NaN });
  });

  it('shows a prediction in the metric’s own terms', () => {
    const predicted = [{ name: 'b', norm: 4, p10: 2, p90: 8, error: 1, decay: undefined, wide: false }];
    expect(predictedPoints(layersOf(2), predicted, norm)).toEqual([{ layer: 1, median: 4, low: 2, high: 8 }]);
    expect(predictedPoints(layersOf(2), predicted, metricOf('rms'))).toEqual([
      { layer: 1, median: 2, low: 1, high: 4 },
    ]);
    expect(predictedPoints(layersOf(2), predicted, metricOf('speed'))).toEqual([]);
    expect(predictedPoints(layersOf(1), predicted, norm)).toEqual([]);
  });

  it('says in words what is smallest, largest and below', () => {
    expect(describeByLayer(layersOf(2), pointsAt(run, 0, norm), norm, 0, 1e-4)).toBe(
      'gradient norm by layer at step 0: smallest a 1.00e-6, largest b 0.00100, 1 of 2 below the threshold',
    );
  });
});

describe('over training', () => {
  const axis = logarithmicAxis([[1e-3, 1]]);
  const steps = { from: 0, to: 1 };

  it('has a line a layer', () => {
    const { lines, layers } = layerLines(
      runOf([
        [0.1, 1],
        [0.01, 1],
      ]),
      norm,
      axis,
      100,
      steps,
    );
    expect(layers).toBe(2);
    expect(lines[0]?.points.map(({ y }) => y)).toEqual([-1, -2]);
  });

  it('draws 40 lines at most, and says how many there were', () => {
    const { lines, layers } = layerLines(
      runOf([Array.from({ length: 1000 }, () => 1)], { layers: layersOf(1000) }),
      norm,
      axis,
      100,
      steps,
    );
    expect([lines.length, layers]).toEqual([40, 1000]);
    expect([lines[0]?.layer, lines.at(-1)?.layer]).toEqual([0, 999]);
  });

  it('finds the nearest line within reach', () => {
    const run = runOf([[0.1, 0.001]]);
    expect(nearestLayer(run, 0, norm, axis, -1.2, 0.5)).toBe(0);
    expect(nearestLayer(run, 0, norm, axis, -2.8, 0.5)).toBe(1);
    expect(nearestLayer(run, 0, norm, axis, -2, 0.5)).toBeUndefined();
  });

  it('names lines only where names do not cover each other, the ends of the network first', () => {
    const placed = placeLabels([{ y: 10 }, { y: 14 }, { y: 40 }, { y: 50 }], 12);
    expect(placed).toEqual([{ y: 50 }, { y: 10 }]);
  });
});

describe('where it is lost', () => {
  // δ shrinks by 0.25 at the activation and by 0.5 at the weights, from layer to layer.
  const rows = rowsOf([[1, 1, 1]]);
  for (let layer = 0; layer < 3; layer += 1) {
    const offset = layer * quantitiesPerLayer;
    rows.values[offset + quantityOffset.error] = 0.125 ** (2 - layer);
    rows.values[offset + quantityOffset.outputError] = 0.125 ** (2 - layer) / 0.25;
  }
  const header = headerOf(layersOf(3));
  const recording = new Recorder(header.layers);
  recording.add(rows, []);
  const run = { header, recording, revision: 0, seeds: [] };

  it('splits each layer’s factor', () => {
    const decays = layerDecays(run, 0);
    expect(decays).toHaveLength(2);
    expect(decays[0]).toMatchObject({ layer: 0, derivative: 0.25, gain: 0.5, error: 0.125 });
    expect(hasDecay(run)).toBe(true);
  });

  it('leaves the error of a recurrent layer, a sum over its time steps, in one piece', () => {
    const layers = header.layers.map((layer, index) =>
      index === 1 ? { ...layer, kind: 'rnn', timeSteps: 5 } : layer,
    );
    const decays = layerDecays({ ...run, header: { ...header, layers } }, 0);
    expect(decays[0]).toMatchObject({ derivative: 0.25, gain: Number.NaN, error: 0.125 });
    expect(decays[1]).toMatchObject({ derivative: Number.NaN, gain: Number.NaN, error: 0.125 });
    expect(describeDecay({ ...run, header: { ...header, layers } }, decays, 0)).toMatch(
      /loses through time\.$/,
    );
  });

  it('sums it up: 64 times over two layers is 0.13 each', () => {
    expect(describeDecay(run, layerDecays(run, 0), 0)).toBe(
      'From the output to the input the error shrinks 64 times, a factor of 0.13 per layer; a passes on least, 0.13 of it.',
    );
  });

  it('reaches as far as the factors of all steps do, zeros and what is not finite told apart', () => {
    expect(decayReach(run)).toEqual([0.125, 0.5]);
    const later = rowsOf([[1, 1, 1]], [1]);
    later.values.set(rows.values);
    // Nothing reaches the first layer, so its weights pass on none of it.
    later.values[quantityOffset.error] = 0;
    later.values[quantityOffset.outputError] = 0;
    const both = new Recorder(header.layers);
    both.add(rows, []);
    both.add(later, []);
    expect(decayReach({ ...run, recording: both })).toEqual([0.125, 0.5, 0]);
  });

  it('says where nothing passes at all', () => {
    const decays = layerDecays(run, 0).map((decay) => ({
      ...decay,
      error: decay.layer === 1 ? 0 : Number.NaN,
    }));
    expect(describeDecay(run, decays, 0)).toBe(
      'b passes on nothing: from there to the input the error is exactly 0.',
    );
  });

  it('is not there for a log of norms alone, nor for a single layer', () => {
    expect(hasDecay(runOf([[1, 1]]))).toBe(false);
    expect(hasDecay(runOf([[1]]))).toBe(false);
  });
});

describe('through time', () => {
  const layers = [
    { name: 'first', kind: 'rnn', parameters: 4, timeSteps: 2 },
    { name: 'dense', kind: 'dense', parameters: 4 },
    { name: 'second', kind: 'rnn', parameters: 4, timeSteps: 3 },
  ];
  const recording = new Recorder(layers);
  recording.add(
    {
      ...rowsOf([
        [1, 1, 1],
        [1, 1, 1],
      ]),
      timeErrors: Float64Array.of(1, 2, 3, 4, 5, 10, 20, 30, 40, 50),
    },
    [],
  );
  const run = { header: headerOf(layers), recording, revision: 0, seeds: [] };

  it('has each recurrent layer’s errors at a row', () => {
    expect(timeLines(run, 1).map(({ layer, values }) => [layer, [...values]])).toEqual([
      [0, [10, 20]],
      [2, [30, 40, 50]],
    ]);
    expect(hasTime(run)).toBe(true);
    expect(hasTime(runOf([[1]]))).toBe(false);
  });

  it('says how the first time step stands to the last', () => {
    expect(describeTime(run, timeLines(run, 0))).toBe(
      'first: error 1.00 at the first of 2 time steps, 2.0 times less than at the last; second: error 3.00 at the first of 3 time steps, 1.7 times less than at the last',
    );
  });
});
