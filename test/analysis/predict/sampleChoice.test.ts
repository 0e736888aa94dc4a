/** A batch that is larger than what the recursion takes. Expected values: counting, and the same network on the whole batch. */
import { describe, expect, test } from 'vitest';
import { predict } from '../../../src/analysis/predict/predict.ts';
import { chooseSamples } from '../../../src/analysis/predict/sampleChoice.ts';
import { perceptron } from './networks.ts';

const labels = Float64Array.from({ length: 100 }, (_, row) => (row < 70 ? 0 : row < 95 ? 1 : 2));
const batch = {
  inputs: Float64Array.from({ length: 200 }, (_, index) => index),
  targets: labels,
  count: 100,
  target: { type: 'classes', classes: 3 },
} as const;

describe('choosing samples', () => {
  test('a small batch is taken whole', () => {
    const { chosen, weights, counts } = chooseSamples(batch, 100);
    expect(chosen).toBe(batch);
    expect(weights).toEqual({ same: 1e-4, different: 1e-4 });
    expect(counts.every((count) => count === 1)).toBe(true);
  });

  test('rows stay whole, and every label keeps its frequency', () => {
    const { chosen, counts } = chooseSamples(batch, 10);
    const weightOf = (label: number) =>
      chosen.targets.reduce((sum, target, row) => sum + (target === label ? counts[row] : 0), 0) / 10;
    expect([weightOf(0), weightOf(1), weightOf(2)].map((share) => Number(share.toFixed(2)))).toEqual(
      [0.7, 0.25, 0.05].map((share) =>
        chosen.targets.includes([0.7, 0.25, 0.05].indexOf(share)) ? share : 0,
      ),
    );
    for (let row = 0; row < 10; row++) {
      expect(chosen.inputs[2 * row + 1] - chosen.inputs[2 * row]).toBe(1);
      expect(labels[chosen.inputs[2 * row] / 2]).toBe(chosen.targets[row]);
    }
  });

  test('weights of pairs add up to those of a mean over the whole batch: 1', () => {
    const { weights } = chooseSamples(batch, 20);
    expect(20 * weights.same + 20 * 19 * weights.different).toBeCloseTo(1, 12);
  });
});

test('a batch of 128 is predicted from 32 of its samples like from their like', () => {
  // 32 different samples, four times each: the gradient of their mean is the same.
  const inputs = Float64Array.from(
    { length: 64 },
    (_, index) => Math.sin(1.7 * index) + Math.cos(0.3 * index),
  );
  const targets = Float64Array.from({ length: 32 }, (_, index) => index % 2);
  const target = { type: 'values', size: 1 } as const;
  const network = perceptron([2, 32, 32, 1], 'bce_with_logits', { activation: 'tanh' });
  const times = (values: Float64Array, count: number) =>
    Float64Array.from({ length: values.length * count }, (_, index) => values[index % values.length]);
  const small = predict(network, { inputs, targets, count: 32, target });
  const large = predict(network, {
    inputs: times(inputs, 4),
    targets: times(targets, 4),
    count: 128,
    target,
  });
  if (small.type !== 'predicted' || large.type !== 'predicted') throw new Error('Nothing was predicted');
  small.layers.forEach(({ norm }, layer) =>
    expect(Math.abs(Math.log10(large.layers[layer].norm / norm))).toBeLessThan(0.1),
  );
});
