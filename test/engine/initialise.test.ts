import { describe, expect, test } from 'vitest';
import { defaultOf, drawInitialValues, fans } from '../../src/engine/initialise.ts';
import { Random } from '../../src/engine/random.ts';
import type { Initialiser } from '../../src/language/network.ts';
// Measured on torch's own layers: test/fixtures/data/make.py.
import torch from '../fixtures/data/torch-initial-values.json' with { type: 'json' };

const zeros: Initialiser = { name: 'zeros' };

/** Many draws of one parameter, one after the other. */
function draws(
  initialiser: Initialiser,
  shape: readonly number[],
  count: number,
  byDefault = zeros,
): Float64Array {
  const random = new Random(1, 'initialisation');
  const size = shape.length < 2 ? { fanIn: 1, fanOut: 1 } : fans(shape);
  const values = new Float64Array(count * shape.reduce((product, length) => product * length, 1));
  for (let draw = 0; draw < count; draw++) {
    const one = drawInitialValues(initialiser, { shape, ...size, default: byDefault }, random);
    values.set(one, draw * one.length);
  }
  return values;
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}

function largest(values: Float64Array): number {
  return values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/** Both sides are estimates from thousands of draws: six standard errors of the difference, with the kurtosis of a normal. */
function expectSameDeviation(values: Float64Array, expected: number): void {
  expect(Math.abs(deviation(values) / expected - 1)).toBeLessThan(6 / Math.sqrt(values.length));
}

test.each(Object.entries(torch.fans))(
  'fan-in and fan-out of %s are those of torch',
  (shape, [fanIn, fanOut]) => {
    expect(fans(shape.split('x').map(Number))).toEqual({ fanIn, fanOut });
  },
);

describe.each(Object.entries(torch.initialisers))('a weight of %s', (key, initialisers) => {
  const shape = key.split('x').map(Number);

  test.each(Object.entries(initialisers))('%s spreads as in torch', (name, expected) => {
    const gain = name.startsWith('kaiming') ? Math.SQRT2 : 1;
    const values = draws({ name, gain } as Initialiser, shape, 200);
    expectSameDeviation(values, expected.deviation);
    if (name.endsWith('_uniform')) {
      // Of n uniform draws the largest lies within 10/n of the bound, in all but e⁻¹⁰ of cases.
      expect(Math.abs(largest(values) / expected.largest - 1)).toBeLessThan(10 / values.length);
    }
  });
});

describe('default is what torch.nn gives', () => {
  const linear = defaultOf.linear;
  const recurrent = ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0'];
  const table: [layer: keyof typeof torch.defaults, parameter: string, Initialiser][] = [
    ['linear', 'weight', linear(20)],
    ['linear', 'bias', linear(20)],
    ['conv2d', 'weight', linear(3 * 5 * 7)],
    ['conv2d', 'bias', linear(3 * 5 * 7)],
    ...(['rnn', 'lstm', 'gru'] as const).flatMap((layer) =>
      recurrent.map((parameter): (typeof table)[number] => [layer, parameter, defaultOf.recurrent(10)]),
    ),
    ['embedding', 'weight', defaultOf.embedding],
    ['attention', 'in_proj_weight', defaultOf.attentionInput],
    ['attention', 'in_proj_bias', defaultOf.attentionBias],
    ['attention', 'out_proj.weight', linear(12)],
    ['attention', 'out_proj.bias', defaultOf.attentionBias],
    ['layernorm', 'weight', defaultOf.scale],
    ['layernorm', 'bias', defaultOf.shift],
    ['batchnorm', 'weight', defaultOf.scale],
    ['batchnorm', 'bias', defaultOf.shift],
  ];

  test.each(table)('%s %s', (layer, parameter, byDefault) => {
    const measured = torch.defaults[layer] as Record<
      string,
      { shape: number[]; mean: number; deviation: number; largest: number }
    >;
    const { shape, mean, deviation: expected, largest: most } = measured[parameter];
    const values = draws({ name: 'default' }, shape, 400, byDefault);
    if (expected === 0) {
      expect(new Set(values)).toEqual(new Set([mean]));
      return;
    }
    expectSameDeviation(values, expected);
    if (byDefault.name !== 'normal') {
      expect(Math.abs(largest(values) / most - 1)).toBeLessThan(10 / values.length);
    }
  });
});

describe('orthogonal(gain)', () => {
  test.each([
    { shape: [5, 5], gain: 0.9 },
    { shape: [7, 3], gain: 1.1 },
    { shape: [3, 7], gain: 1 },
    { shape: [4, 2, 3, 3], gain: 2 },
    { shape: [1, 1], gain: 1 },
    { shape: [64, 50], gain: 1 },
  ])('has rows or columns of length gain at right angles: $shape', ({ shape, gain }) => {
    const values = draws({ name: 'orthogonal', gain }, shape, 1);
    const rows = shape[0];
    const columns = values.length / rows;
    const count = Math.min(rows, columns);
    const entry = (vector: number, place: number) =>
      rows >= columns ? values[place * columns + vector] : values[vector * columns + place];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let place = 0; place < Math.max(rows, columns); place++) {
          product += entry(a, place) * entry(b, place);
        }
        expect(Math.abs(product - (a === b ? gain * gain : 0))).toBeLessThan(1e-13);
      }
    }
  });

  // torch.nn.init.orthogonal_: Q of A = QR with the signs that make R's diagonal positive, A standard normal.
  test('is Q of the QR decomposition of a normal matrix, with a positive diagonal', () => {
    const size = 6;
    const values = draws({ name: 'orthogonal', gain: 1 }, [size, size], 1);
    const random = new Random(1, 'initialisation');
    const normal = Array.from({ length: size }, () => Array.from({ length: size }, () => random.normal()));
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const entry = normal[column].reduce((sum, x, place) => sum + values[place * size + row] * x, 0);
        if (row === column) {
          expect(entry).toBeGreaterThan(0);
        } else if (row > column) {
          expect(Math.abs(entry)).toBeLessThan(1e-13);
        }
      }
    }
  });
});

test('fixed values, ranges and deviations as written', () => {
  expect([...draws({ name: 'constant', value: 0.25 }, [2], 1)]).toEqual([0.25, 0.25]);
  expect([...draws({ name: 'zeros' }, [2], 1)]).toEqual([0, 0]);
  expect([...draws({ name: 'ones' }, [2], 1)]).toEqual([1, 1]);
  const uniform = draws({ name: 'uniform', low: 2, high: 3 }, [10_000], 1);
  expect(uniform.every((x) => x >= 2 && x < 3)).toBe(true);
  expectSameDeviation(uniform, 1 / Math.sqrt(12));
  const normal = draws({ name: 'normal', mean: -1, deviation: 0.05 }, [10_000], 1);
  expectSameDeviation(normal, 0.05);
});

test('the same seed draws the same bits, another seed others', () => {
  const draw = (seed: number) =>
    drawInitialValues(
      { name: 'kaiming_normal', gain: 1 },
      { shape: [4, 4], fanIn: 4, fanOut: 4, default: zeros },
      new Random(seed, 'initialisation'),
    );
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('a weight of one dimension has no fans, which is a bug of the caller', () => {
  expect(() => fans([3])).toThrow('A weight has at least two dimensions, not 3');
});
