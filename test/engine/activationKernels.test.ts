/** Activations alone: a batch of them against textbook formulas, float32 functions against float64 of the host. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundUp } from '../../src/engine/arena.ts';
import { codeActivation, codeActivationError, phaseRows } from '../../src/engine/kernels/assembly/codes.ts';
import type { RunMemory } from '../../src/engine/memory.ts';
import { activationNames } from '../../src/engine/operations/activation.ts';
import { Random } from '../../src/engine/random.ts';
import type { ActivationName } from '../../src/language/network.ts';
import { expectNear, pad, put, runOnce, sum, take } from './kernelRuns.ts';

/** φ, φ′ and, of the steepest slope, the hundredth below which a unit counts as saturated; formulas as in textbooks. */
const slopes: readonly [ActivationName, (x: number) => number, (x: number) => number, number][] = [
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x)), (x) => 1 / (2 + Math.exp(x) + Math.exp(-x)), 0.0025],
  ['tanh', Math.tanh, (x) => 1 / Math.cosh(x) ** 2, 0.01],
  ['relu', (x) => Math.max(x, 0), (x) => Number(x > 0), 0.01],
  ['softsign', (x) => x / (1 + Math.abs(x)), (x) => 1 / (1 + Math.abs(x)) ** 2, 0.01],
];

describe.each(slopes)('%s over a batch of any shape', (name, value, slope, flat) => {
  test.each([4, 8] as const)('with its sums, there and back, in place and not: %d bytes', (width) => {
    const size = fc.integer({ min: 1, max: 45 });
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 3 }),
        size,
        fc.nat(100),
        (samples, rows, features, seed) => {
          const random = new Random(seed, 'data');
          const draw = (): Float64Array =>
            Float64Array.from({ length: samples * rows * features }, () => Math.fround(4 * random.normal()));
          const [x, error] = [draw(), draw()];
          const length = roundUp(samples * rows, 4) * pad(features);
          const [z, y, errors, sums, marks] = [0, 1, 2, 3, 4];
          const run = (isInPlace: boolean): { memory: RunMemory; at: number[] } => {
            let at: number[] = [];
            const memory = runOnce(
              (allocate) => {
                const first = allocate(length);
                at = [
                  first,
                  isInPlace ? first : allocate(length),
                  allocate(length),
                  allocate(256),
                  allocate(8 * pad(features)),
                ];
                const kind = activationNames.indexOf(name);
                const shape = [rows, features, pad(features), kind, at[sums], at[sums] + 512, at[marks]];
                const integers = [at[z], at[y], ...shape, at[errors], at[errors]];
                return [codeActivation, codeActivationError].map((code) => ({
                  code,
                  phase: phaseRows,
                  integers,
                  reals: [1, flat],
                }));
              },
              width,
              samples,
              (fresh) => {
                put(fresh, at[z], x, features);
                put(fresh, at[errors], error, features);
              },
            );
            return { memory, at };
          };
          const { memory, at } = run(false);
          const sumOf = (start: number, number: number): number =>
            sum(8, (block) => memory.view.getFloat64(start + 64 * block + 8 * number, true));
          const outputs = Array.from(x, value);
          const errorsBefore = Array.from(x, (one, index) => error[index] * slope(one));
          expectNear(take(memory, at[y], samples * rows, features), outputs, width);
          // 1 − y has as few bits as y is close to 1: the errors that come in are the measure.
          const scale = Math.max(...error.map(Math.abs));
          expectNear(take(memory, at[errors], samples * rows, features), errorsBefore, width, scale);
          const square = (values: ArrayLike<number>): number =>
            sum(values.length, (index) => values[index] ** 2);
          expectNear(
            [sumOf(at[sums] + 512, 1), sumOf(at[sums] + 512, 2), sumOf(at[sums], 2)],
            [square(outputs), square(error), square(errorsBefore)],
            width,
          );
          expect(sumOf(at[sums] + 512, 0)).toBeCloseTo(
            sum(outputs.length, (index) => outputs[index]),
            3,
          );
          expect(sumOf(at[sums], 3)).toBe(x.filter((one) => slope(one) < flat).length);
          const padded = [...memory.numbers.subarray(at[y] / width, at[y] / width + length)];
          expect(padded.filter((entry) => entry !== 0).length).toBe(
            outputs.filter((entry) => entry !== 0).length,
          );
          if (name === 'softsign') return; // Its derivative needs z.
          const again = run(true);
          const bits = ({ memory: { numbers }, at: places }: typeof again, place: number): number[] => [
            ...numbers.subarray(places[place] / width, places[place] / width + length),
          ];
          expect(bits(again, y)).toEqual(bits({ memory, at }, y));
          expect(bits(again, errors)).toEqual(bits({ memory, at }, errors));
        },
      ),
      { seed: 5, numRuns: 25 },
    );
  });
});

/** Spacing of float32 numbers at a value. */
function ulp(value: number): number {
  return 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -126) - 23);
}

/** In float64 and from other formulas than the kernels'. */
const exact: Partial<Record<ActivationName, (x: number) => number>> = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  exponential: Math.exp,
  softplus: (x) => (x > 20 ? x : Math.log1p(Math.exp(x))),
  silu: (x) => x / (1 + Math.exp(-x)),
};

describe('a float32 function is within a few units of the last place', () => {
  test.each<[ActivationName, number, number]>([
    ['exponential', 2, -100],
    ['sigmoid', 2, -100],
    ['tanh', 2, -100],
    ['softplus', 3, -100],
    // Below, its sigmoid is subnormal, and so has fewer bits than the product.
    ['silu', 3, -86],
  ])('%s: %d, from %d on', (name, bound, from) => {
    const inputs = Float64Array.from({ length: 8192 }, (_, index) =>
      Math.fround(from + ((88 - from) * index) / 8191),
    );
    const addresses = { x: 0, y: 0 };
    const memory = runOnce(
      (allocate) => {
        const [x, y, sums, marks] = [allocate(8192), allocate(8192), allocate(1024), allocate(8192 * 8)];
        Object.assign(addresses, { x, y });
        return {
          code: codeActivation,
          phase: phaseRows,
          integers: [x, y, 1, 8192, 8192, activationNames.indexOf(name), sums, sums, marks],
        };
      },
      4,
      1,
      (fresh) => fresh.numbers.set(inputs, addresses.x / 4),
    );
    const worst = Math.max(
      ...inputs.map((x, index) => {
        const expected = exact[name]!(x);
        return Math.abs(memory.numbers[addresses.y / 4 + index] - expected) / ulp(expected);
      }),
    );
    expect(worst).toBeLessThanOrEqual(bound);
  });
});
