/** Input at the limits: the answer is a number, a stated zero, or a stated reason. Expected values are derived beside each case. */
import { describe, expect, test } from 'vitest';
import { predict } from '../../../src/analysis/predict/predict.ts';
import type { Batch } from '../../../src/analysis/predict/sampleChoice.ts';
import type { CheckedNetwork, LossName } from '../../../src/language/network.ts';
import { dense, networkOf, perceptron, type DenseOptions } from './networks.ts';

function batchOf(rows: readonly (readonly number[])[], targets: readonly number[]): Batch {
  return {
    inputs: Float64Array.from(rows.flat()),
    targets: Float64Array.from(targets),
    count: rows.length,
    target: { type: 'values', size: 1 },
  };
}

const batch = batchOf(
  [
    [0.3, -1.2],
    [1.1, 0.4],
    [-0.7, 0.9],
    [0.2, 0.8],
  ],
  [1, 0, 1, 0],
);

function layersOf(network: CheckedNetwork, data = batch) {
  const prediction = predict(network, data);
  if (prediction.type !== 'predicted') throw new Error(prediction.reason);
  for (const { norm, p10, p90, error } of prediction.layers) {
    for (const value of [norm, p10, p90, error]) {
      expect(Number.isFinite(value) && value >= 0).toBe(true);
    }
    expect(p10).toBeLessThanOrEqual(norm);
    expect(norm).toBeLessThanOrEqual(p90);
  }
  return prediction.layers;
}

const net = (widths: readonly number[], loss: LossName, options: DenseOptions = {}) =>
  perceptron(widths, loss, { activation: 'tanh', ...options });

describe('sizes', () => {
  test('width 1', () => {
    for (const layer of layersOf(net([2, 1, 1, 1], 'bce_with_logits'))) expect(layer.norm).toBeGreaterThan(0);
  });

  test('depth 1: the gradient of a linear model at its random start', () => {
    // z = w·x + b is 0 on average and small: the gradient is nearly that at z = 0, (1/B) Σ (½ − y)(x, 1).
    const sums = [0, 1, 2].map((entry) =>
      [0, 1, 2, 3].reduce((sum, row) => {
        const x = entry < 2 ? batch.inputs[row * 2 + entry] : 1;
        return sum + ((0.5 - batch.targets[row]) * x) / 4;
      }, 0),
    );
    const layer = dense(0, 2, 1, {
      init: { name: 'normal', mean: 0, deviation: 1e-6 },
      biasInit: { name: 'zeros' },
    });
    const [only] = layersOf(networkOf([2], [layer], 'bce_with_logits'));
    expect(only.norm).toBeCloseTo(Math.hypot(...sums), 5);
    expect(only.decay).toBeUndefined();
  });

  test('a batch of one: the bias gradient of the last layer is the error itself', () => {
    const one = batchOf([[0.5, -0.5]], [1]);
    const [only] = layersOf(
      networkOf([2], [dense(0, 2, 1, { init: { name: 'zeros' }, biasInit: { name: 'zeros' } })], 'mse'),
      one,
    );
    // z = 0, dL/dz = 2(0 − 1) = −2; squared norm 4(0.25 + 0.25 + 1).
    expect(only.norm).toBeCloseTo(Math.sqrt(6), 12);
    expect(only.error).toBeCloseTo(2, 12);
  });

  test('identical samples count as one', () => {
    const same = batchOf(
      Array.from({ length: 6 }, () => [0.5, -0.5]),
      Array.from({ length: 6 }, () => 1),
    );
    const once = batchOf([[0.5, -0.5]], [1]);
    const network = net([2, 32, 32, 1], 'mse');
    const many = layersOf(network, same);
    layersOf(network, once).forEach((layer, index) =>
      expect(many[index].norm / layer.norm).toBeCloseTo(1, 1),
    );
  });

  test('no samples', () => {
    expect(
      predict(net([2, 4, 1], 'mse'), {
        ...batch,
        count: 0,
        inputs: new Float64Array(),
        targets: new Float64Array(),
      }),
    ).toEqual({
      type: 'not-predictable',
      reason: 'there are no training samples',
    });
  });
});

describe('initialisers without randomness', () => {
  test('zero weights everywhere: only the last bias has a gradient', () => {
    const zeros = { init: { name: 'zeros' }, biasInit: { name: 'zeros' } } as const;
    const layers = layersOf(net([2, 8, 8, 1], 'mse', zeros));
    expect(layers.slice(0, -1).map(({ norm, p10, p90, error }) => [norm, p10, p90, error])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    // tanh(0) = 0 enters the last layer: its bias alone gets (1/B) Σ 2(0 − y) = −1.
    expect(layers[2].norm).toBeCloseTo(1, 12);
  });

  test('zero weights in the last layer: nothing arrives before it', () => {
    const hidden = dense(0, 2, 16, { activation: 'sigmoid' });
    const output = dense(1, 16, 1, { init: { name: 'zeros' } });
    const layers = layersOf(networkOf([2], [hidden, output], 'mse'));
    expect(layers[0].norm).toBe(0);
    expect(layers[1].norm).toBeGreaterThan(0);
  });

  test('a constant different from zero is not drawn around 0, and is said not to be', () => {
    const prediction = predict(net([2, 8, 8, 1], 'mse', { init: { name: 'constant', value: 0.1 } }), batch);
    expect(prediction).toEqual({
      type: 'not-predictable',
      reason: 'the weights of dense1 are drawn around 0.1 instead of 0 (constant)',
    });
  });

  test('a constant is left to sampled initialisations where they can be had', () => {
    const sampleInitialisation = () => [{ name: 'dense1', norm: 0.5, error: 0.25, outputError: 0.5 }];
    const network = net([2, 8, 8, 1], 'mse', { init: { name: 'ones' } });
    expect(predict(network, batch, { sampleInitialisation })).toEqual({
      type: 'predicted',
      how: 'sampled initialisations',
      layers: [{ name: 'dense1', norm: 0.5, p10: 0.5, p90: 0.5, error: 0.25, decay: undefined, wide: false }],
    });
  });

  test('softmax over a single unit has no gradient at all', () => {
    const network = perceptron([2, 8, 1], 'mse', { activation: 'tanh', last: 'softmax' });
    expect(layersOf(network).map(({ norm }) => norm)).toEqual([0, 0]);
  });
});

describe('errors that cancel', () => {
  // Zero output weights and biases: every prediction is exactly 0, every error −2y/B, and the labels ±1 cancel exactly.
  const cancelling = batchOf(
    [
      [1, 2],
      [2, 1],
      [-1, 0.5],
      [0.3, -2],
    ],
    [1, -1, 1, -1],
  );

  test('the bias of a linear model has no gradient, its weights have Σ y x', () => {
    const model = dense(0, 2, 1, { init: { name: 'zeros' }, biasInit: { name: 'zeros' } });
    const [only] = layersOf(networkOf([2], [model], 'mse'), cancelling);
    // Σ y x = (1 − 2 − 1 − 0.3, 2 − 1 + 0.5 + 2) = (−2.3, 3.5), times 2/4.
    expect(only.norm).toBeCloseTo(Math.hypot(2.3, 3.5) / 2, 12);
  });

  test('equal inputs leave nothing', () => {
    const same = { ...cancelling, inputs: new Float64Array(8).fill(0.7) };
    const model = dense(0, 2, 1, { init: { name: 'zeros' }, biasInit: { name: 'zeros' } });
    expect(layersOf(networkOf([2], [model], 'mse'), same)[0].norm).toBe(0);
  });
});

describe('numbers that leave the range', () => {
  test('variances that overflow are named', () => {
    const network = perceptron([2, ...Array.from({ length: 60 }, () => 64), 1], 'mse', {
      activation: 'linear',
      init: { name: 'normal', mean: 0, deviation: 1e5 },
    });
    const prediction = predict(network, batch);
    expect(prediction).toEqual({
      type: 'not-predictable',
      reason: expect.stringMatching(
        /^the variance of what dense\d+ yields is larger than any number$/,
      ) as string,
    });
  });

  test('gradients that vanish below 1e-100 stay numbers', () => {
    const network = net([2, ...Array.from({ length: 60 }, () => 16), 1], 'bce_with_logits', {
      activation: 'sigmoid',
      init: { name: 'normal', mean: 0, deviation: 0.001 },
      biasInit: { name: 'zeros' },
    });
    const first = layersOf(network)[0].norm;
    // Each layer passes on ¼ · √16 · 0.001 = 1e-3 of the error: 59 of them, from 60 hidden layers, about 1e-180.
    expect(Math.log10(first)).toBeLessThan(-170);
    expect(Math.log10(first)).toBeGreaterThan(-190);
  });

  test('deep narrow rectifiers differ by decades from draw to draw, and it is said', () => {
    const network = net([2, ...Array.from({ length: 60 }, () => 8), 1], 'mse', {
      activation: 'relu',
      init: { name: 'kaiming_normal', gain: Math.SQRT2 },
    });
    expect(layersOf(network)[0].wide).toBe(true);
  });
});

describe('cancellation', () => {
  test('is heard between layers', () => {
    let asked = 0;
    const prediction = predict(net([2, 8, 8, 8, 1], 'mse'), batch, { cancelled: () => ++asked > 3 });
    expect(prediction).toEqual({ type: 'not-predictable', reason: 'it was cancelled' });
    expect(asked).toBe(4);
  });
});

test('given weights are no initialisation', () => {
  const network = net([2, 8, 1], 'mse');
  const started = { ...network, train: { ...network.train, weights: 'start.safetensors' } };
  expect(predict(started, batch)).toEqual({
    type: 'not-predictable',
    reason: 'it starts from the weights in start.safetensors, not from initialisers',
  });
});
