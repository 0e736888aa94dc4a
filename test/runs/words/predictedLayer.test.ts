import { describe, expect, it } from 'vitest';
import type { PredictedLayer } from '../../../src/analysis/prediction.ts';
import { defaultThresholds } from '../../../src/analysis/verdict.ts';
import { predictedLayerTitle } from '../../../src/runs/words/predictedLayer.ts';
import { network } from '../madeUp.ts';

function predictedOf(...norms: readonly number[]): Map<string, PredictedLayer> {
  const layers = norms.map((norm, index) => ({
    name: network.layers[index]?.name ?? '',
    norm,
    p10: norm,
    p90: norm,
    error: norm,
    decay: undefined,
    wide: false,
  }));
  return new Map(layers.map((layer) => [layer.name, layer]));
}

const hidden = network.layers.slice(0, 3);
const [, , third] = hidden;

describe('the line above a layer that was not measured', () => {
  it.each<[string, readonly number[], string | undefined]>([
    ['small', [1e-7, 1e-5, 1], 'predicted: 2 of 3 below 1e-4, smallest hidden[1] ≈ 1.00e-7'],
    ['large', [1, 1e4, 1e5], 'predicted: 2 of 3 above 1,000, largest hidden[3] ≈ 1.00e5'],
    ['well', [1, 1, 1], undefined],
    ['unknown', [], undefined],
  ])('counts what is predicted %s', (_, norms, title) => {
    expect(predictedLayerTitle(hidden, predictedOf(...norms), defaultThresholds)).toBe(title);
  });

  it('names the number of one layer', () => {
    expect(third && predictedLayerTitle([third], predictedOf(1, 1, 2e-5), defaultThresholds)).toBe(
      'predicted: gradient norm ≈ 2.00e-5, below 1e-4',
    );
  });

  it('compares what the threshold speaks of', () => {
    // Twenty parameters: 3e-4/√20 is 6.71e-5.
    const rms = { ...defaultThresholds, metric: 'rms' } as const;
    expect(predictedLayerTitle(hidden.slice(0, 1), predictedOf(3e-4), rms)).toBe(
      'predicted: rms gradient ≈ 6.71e-5, below 1e-4',
    );
    const relative = { ...defaultThresholds, metric: 'relative' } as const;
    expect(predictedLayerTitle(hidden, predictedOf(1e-9, 1e-9, 1e-9), relative)).toBeUndefined();
  });
});
