import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random, type Stream } from '../../src/engine/random.ts';
// An independent implementation in Python: test/fixtures/data/make.py.
import cases from '../fixtures/data/random.json' with { type: 'json' };

describe.each(cases)('seed $seed, stream $stream', ({ seed, stream, bits, uniform, normal }) => {
  const fresh = () => new Random(seed, stream as Stream);

  test('yields the bits of xoshiro128** seeded by splitmix64', () => {
    const random = fresh();
    expect(bits.map(() => random.bits())).toEqual(bits);
  });

  test('makes uniform numbers of 53 of them', () => {
    const random = fresh();
    expect(uniform.map(() => random.uniform())).toEqual(uniform);
  });

  test('makes normal numbers by the polar method', () => {
    const random = fresh();
    // Python's logarithm and the kernels' differ by at most a unit in the last place.
    normal.forEach((expected) => expect(Math.abs(random.normal() / expected - 1)).toBeLessThan(1e-15));
  });
});

test('the streams of a seed, and the seeds of a stream, have nothing in common', () => {
  const streams: Stream[] = ['data', 'teacher', 'split', 'initialisation', 'batch order', 'dropout'];
  const first = [0, 1, 2].flatMap((seed) =>
    streams.map((stream) => {
      const random = new Random(seed, stream);
      return `${random.bits()} ${random.bits()}`;
    }),
  );
  expect(new Set(first).size).toBe(first.length);
});

test('uniform and normal numbers have the moments of their distributions', () => {
  const random = new Random(3, 'data');
  const count = 200_000;
  const moments = (draw: () => number) => {
    const values = Array.from({ length: count }, draw);
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const central = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / count;
    return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
  };
  // Five standard errors: of the mean σ/√n, of a normal variance σ²√(2/n), of a normal kurtosis √(24/n).
  const uniform = moments(() => random.uniform(-2, 4));
  expect(Math.abs(uniform.mean - 1)).toBeLessThan(5 * Math.sqrt(3 / count));
  expect(Math.abs(uniform.variance - 3)).toBeLessThan(5 * 3 * Math.sqrt(2 / count));
  const normal = moments(() => random.normal(5, 2));
  expect(Math.abs(normal.mean - 5)).toBeLessThan(5 * (2 / Math.sqrt(count)));
  expect(Math.abs(normal.variance - 4)).toBeLessThan(5 * 4 * Math.sqrt(2 / count));
  expect(Math.abs(normal.kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / count));
});

test('a permutation holds every number once, and all orders are equally likely', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer(), (length, seed) => {
      const order = [...new Random(seed, 'split').permutation(length)];
      expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => index));
    }),
  );
  const counts = new Map<string, number>();
  const random = new Random(1, 'batch order');
  for (let draw = 0; draw < 6000; draw++) {
    const order = random.permutation(3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Chi-square with 5 degrees of freedom: above 20.5 in one of a thousand.
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(20.5);
});

test('a seed that is no whole number, or a range without numbers, is a bug and says so', () => {
  expect(() => new Random(0.5, 'data')).toThrow('A seed is a whole number, not 0.5');
  expect(() => new Random(1, 'data').integer(0)).toThrow('There is no whole number in [0, 0)');
});
