/**
 * Every optimizer, schedule and clipping against the formulas of PyTorch's documentation, written down here for plain numbers:
 * one weight w of a network y = w x with x = 1 and target 3, whose loss (w − 3)² has the gradient 2 (w − 3).
 */
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/engine/graph.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import { exportParameters, importParameters } from '../../src/engine/weights.ts';
import type { Optimizer, Schedule, TrainSettings } from '../../src/language/network.ts';
import { chain, networkOf } from './networks.ts';
import { dense } from './sketches.ts';

const steps = 12;
const start = 0.5;

/** The weight after each of twelve updates. */
function engineWeights(train: Partial<TrainSettings>): number[] {
  const network = networkOf([1], chain([1], [dense('w', [1], 1, 'linear', false)]), train);
  const data = {
    inputs: Float64Array.of(1),
    targets: Float64Array.of(3),
    target: { type: 'values', size: 1 } as const,
    inputShape: [1],
    trainCount: 1,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, data.target, { samples: 1, batch: 1 });
  const session = new Session(network, graph, layOut(graph), data, steps);
  importParameters(graph, session.memory, new Map([['w.weight', { shape: [1, 1], values: [start] }]]));
  return Array.from({ length: steps }, (_, step) => {
    session.learn([Uint32Array.of(0)], step);
    return exportParameters(graph, session.memory)[0].values[0];
  });
}

/** The same by a formula: `next` is given the weight, its gradient and the step, from 0. */
function formulaWeights(next: (w: number, gradient: number, step: number) => number): number[] {
  let w = start;
  return Array.from({ length: steps }, (_, step) => (w = next(w, 2 * (w - 3), step)));
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((w, step) =>
    expect(Math.abs(w / expected[step] - 1), `after step ${step}`).toBeLessThan(1e-13),
  );
}

describe('an optimizer moves a weight as torch.optim does', () => {
  const lr = 0.05;
  const weightDecay = 0.1;
  const eps = 1e-3;

  test('sgd with weight decay', () => {
    const optimizer: Optimizer = { name: 'sgd', lr, momentum: 0, nesterov: false, weightDecay };
    expectClose(
      engineWeights({ optimizer }),
      formulaWeights((w, g) => w - lr * (g + weightDecay * w)),
    );
  });

  test.each([false, true])('sgd with momentum, nesterov = %s', (nesterov) => {
    const momentum = 0.8;
    let velocity = 0;
    const expected = formulaWeights((w, gradient) => {
      const g = gradient + weightDecay * w;
      velocity = momentum * velocity + g;
      return w - lr * (nesterov ? g + momentum * velocity : velocity);
    });
    expectClose(engineWeights({ optimizer: { name: 'sgd', lr, momentum, nesterov, weightDecay } }), expected);
  });

  test.each(['adam', 'adamw'] as const)('%s', (name) => {
    const [beta1, beta2] = [0.8, 0.95];
    let [m, v] = [0, 0];
    const expected = formulaWeights((w, gradient, step) => {
      const shrunk = name === 'adamw' ? w * (1 - lr * weightDecay) : w;
      const g = name === 'adam' ? gradient + weightDecay * w : gradient;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const size = lr / (1 - beta1 ** (step + 1));
      return shrunk - (size * m) / (Math.sqrt(v) / Math.sqrt(1 - beta2 ** (step + 1)) + eps);
    });
    expectClose(engineWeights({ optimizer: { name, lr, beta1, beta2, eps, weightDecay } }), expected);
  });

  test.each([0, 0.7])('rmsprop with momentum %d', (momentum) => {
    const alpha = 0.9;
    let [v, buffer] = [0, 0];
    const expected = formulaWeights((w, gradient) => {
      const g = gradient + weightDecay * w;
      v = alpha * v + (1 - alpha) * g * g;
      buffer = momentum * buffer + g / (Math.sqrt(v) + eps);
      return w - lr * buffer;
    });
    expectClose(
      engineWeights({ optimizer: { name: 'rmsprop', lr, alpha, eps, momentum, weightDecay } }),
      expected,
    );
  });

  test('adagrad', () => {
    let sum = 0;
    const expected = formulaWeights((w, gradient) => {
      const g = gradient + weightDecay * w;
      sum += g * g;
      return w - (lr * g) / (Math.sqrt(sum) + eps);
    });
    expectClose(engineWeights({ optimizer: { name: 'adagrad', lr, eps, weightDecay } }), expected);
  });
});

describe('the learning rate follows its schedule', () => {
  const lr = 0.1;
  const optimizer: Optimizer = { name: 'sgd', lr, momentum: 0, nesterov: false, weightDecay: 0 };

  test.each<[string, Schedule, (step: number) => number]>([
    ['constant', { name: 'constant' }, () => 1],
    ['StepLR', { name: 'step', size: 5, gamma: 0.3 }, (step) => 0.3 ** Math.floor(step / 5)],
    [
      'CosineAnnealingLR',
      { name: 'cosine', warmup: 0 },
      (step) => (1 + Math.cos((Math.PI * step) / steps)) / 2,
    ],
    ['LinearLR from 1 to 0', { name: 'linear', warmup: 0 }, (step) => 1 - step / steps],
    [
      'linear after a warm-up',
      { name: 'linear', warmup: 4 },
      (step) => (step < 4 ? (step + 1) / 4 : 1 - (step - 4) / 8),
    ],
  ])('%s', (_, schedule, factor) => {
    const expected = formulaWeights((w, gradient, step) => w - lr * factor(step) * gradient);
    expectClose(engineWeights({ optimizer, schedule }), expected);
  });
});

describe('a gradient is clipped', () => {
  const lr = 0.1;
  const optimizer: Optimizer = { name: 'sgd', lr, momentum: 0, nesterov: false, weightDecay: 0 };

  test('by norm, as clip_grad_norm_', () => {
    const max = 2;
    const expected = formulaWeights(
      (w, gradient) => w - lr * gradient * Math.min(1, max / (Math.abs(gradient) + 1e-6)),
    );
    expectClose(engineWeights({ optimizer, clip: { by: 'norm', max } }), expected);
  });

  test('by value, as clip_grad_value_', () => {
    const max = 1.5;
    const expected = formulaWeights((w, gradient) => w - lr * Math.max(-max, Math.min(max, gradient)));
    expectClose(engineWeights({ optimizer, clip: { by: 'value', max } }), expected);
  });
});
