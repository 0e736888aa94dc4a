import { describe, expect, it } from 'vitest';
import type { PredictedLayer } from '../../src/analysis/prediction.ts';
import { defaultThresholds } from '../../src/analysis/verdict.ts';
import { predictionLens } from '../../src/analysis/predictionLens.ts';

function layer(name: string, norm: number, wide = false): PredictedLayer {
  return { name, norm, p10: norm / 2, p90: norm * 2, error: norm, decay: undefined, wide };
}

describe('a prediction in a few words', () => {
  it.each<[string | undefined, PredictedLayer[]]>([
    ['predicted: vanishing, first ≈ 3.10e-7', [layer('first', 3.1e-7), layer('output', 0.1)]],
    [
      'predicted: vanishing, first ≈ 3.10e-7, give or take decades',
      [layer('first', 3.1e-7, true), layer('output', 0.1)],
    ],
    // Small against the output-most layer by the ratio of 1e-3 alone.
    ['predicted: vanishing, first ≈ 0.00200', [layer('first', 2e-3), layer('output', 10)]],
    ['predicted: uniformly small, first ≈ 1.00e-5', [layer('first', 1e-5), layer('output', 2e-5)]],
    ['predicted: exploding, first ≈ 1.20e5', [layer('first', 1.2e5), layer('output', 1)]],
    ['predicted: no gradient at all in first', [layer('first', 0), layer('output', 1)]],
    ['predicted: gradients 0.0100 to 0.200', [layer('first', 0.01), layer('output', 0.2)]],
    [undefined, []],
  ])('%s', (words, layers) => {
    expect(predictionLens({ type: 'predicted', how: 'kernel recursion', layers }, defaultThresholds)).toBe(
      words,
    );
  });

  it('sees the decay of errors that norms hide, but not in a chain of linear layers', () => {
    const layers = (derivative: number): PredictedLayer[] =>
      [1e-6, 1e-4, 1e-2, 1].map((error, index) => ({
        ...layer(`layer${index + 1}`, 0.01),
        error,
        decay: { gain: 1e-4 / derivative, derivative, input: 1 },
      }));
    const words = (derivative: number): string | undefined =>
      predictionLens(
        { type: 'predicted', how: 'kernel recursion', layers: layers(derivative) },
        defaultThresholds,
      );
    expect(words(0.5)).toBe('predicted: vanishing, error at layer1 ≈ 1.00e-6');
    expect(words(1)).toBe('predicted: gradients 0.0100 to 0.0100');
  });

  it('says nothing where nothing can be predicted', () => {
    expect(predictionLens({ type: 'not-predictable', reason: 'no data' }, defaultThresholds)).toBeUndefined();
  });
});
