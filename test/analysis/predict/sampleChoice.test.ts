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
    const { chosen, weights } = chooseSamples(batch, 100);
    expect(chosen).toBe(batch);
    expect(weights.matrix).toBeUndefined();
    expect(weights.shares.every((share) => share === 0.01)).toBe(true);
  });

  test('rows stay whole, and every label keeps its frequency', () => {
    const { chosen, weights } = chooseSamples(batch, 10);
    const shareOf = (label: number) =>
      weights.shares.reduce((sum, share, row) => sum + (chosen.targets[row] === label ? share : 0), 0);
    expect(chosen.count).toBe(10);
    expect([0, 1, 2].map((label) => Number(shareOf(label).toFixed(9)))).toEqual([0.7, 0.25, 0.05]);
    for (let row = 0; row < 10; row++) {
      expect(chosen.inputs[2 * row + 1] - chosen.inputs[2 * row]).toBe(1);
      expect(labels[chosen.inputs[2 * row] / 2]).toBe(chosen.targets[row]);
    }
  });

  test('the squared mean of errors that depend on the label alone is exact', () => {
    const error = [0.3, -0.5, 0.9];
    const mean = (0.7 * error[0] + 0.25 * error[1] + 0.05 * error[2]) ** 2;
    const { chosen, weights } = chooseSamples(batch, 10);
    let sum = 0;
    chosen.targets.forEach((one, row) => {
      chosen.targets.forEach((other, column) => {
        sum += (weights.matrix?.[row * 10 + column] ?? NaN) * error[one] * error[other];
      });
    });
    expect(sum).toBeCloseTo(mean, 12);
  });

  test('values that do not repeat are taken from the whole of their range', () => {
    const targets = Float64Array.from({ length: 100 }, (_, row) => (row * 37) % 100);
    const { chosen } = chooseSamples({ ...batch, targets, target: { type: 'values', size: 1 } }, 12);
    const sorted = chosen.targets.toSorted();
    expect(chosen.count).toBe(12);
    expect(sorted[0]).toBeLessThan(10);
    expect(sorted[11]).toBeGreaterThan(89);
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
