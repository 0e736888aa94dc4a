/** The kernels alone: products against plain loops for shapes of every kind, functions against float64 of the host. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundUp } from '../../src/engine/arena.ts';
import {
  codeFlatten,
  codeMultiply,
  codeMultiplyError,
  codeUnflatten,
  codeWeightGradient,
  phaseRows,
} from '../../src/engine/kernels/assembly/codes.ts';
import { elementary } from '../../src/engine/kernels/load.ts';
import type { RunMemory } from '../../src/engine/memory.ts';
import { Random } from '../../src/engine/random.ts';
import { expectNear, pad, put, runOnce, sum, take } from './kernelRuns.ts';

interface Matrices {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly x: Float64Array;
  readonly w: Float64Array;
}

function randomMatrices(rows: number, depth: number, columns: number, seed: number): Matrices {
  const random = new Random(seed, 'data');
  const draw = (length: number): Float64Array =>
    Float64Array.from({ length }, () => Math.fround(random.normal()));
  return { rows, depth, columns, x: draw(rows * depth), w: draw(depth * columns) };
}

describe.each([4, 8] as const)('with numbers of %d bytes', (width) => {
  const anySize = fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 40 }), weight: 5 },
    { arbitrary: fc.constantFrom(65, 130, 260), weight: 1 },
  );

  test('a product and its two ways back equal plain loops for any shape', () => {
    fc.assert(
      fc.property(anySize, anySize, anySize, fc.nat(100), (rows, depth, columns, seed) => {
        const { x, w } = randomMatrices(rows, depth, columns, seed);
        const spare = roundUp(rows, 4);
        const addresses = { x: 0, w: 0, bias: 0, z: 0 };
        const z = runOnce(
          (allocate) => {
            Object.assign(addresses, {
              x: allocate(spare * pad(depth)),
              w: allocate(pad(depth) * pad(columns)),
              bias: allocate(pad(columns)),
              z: allocate(spare * pad(columns)),
            });
            return {
              code: codeMultiply,
              phase: phaseRows,
              integers: [addresses.x, pad(depth), addresses.w, addresses.bias, addresses.z, pad(columns), 1],
            };
          },
          width,
          rows,
          (memory) => {
            put(memory, addresses.x, x, depth);
            put(memory, addresses.w, w, columns);
            put(memory, addresses.bias, w.subarray(0, columns), columns);
          },
        );
        const expected = Array.from({ length: rows * columns }, (_, index) => {
          const [row, column] = [Math.floor(index / columns), index % columns];
          return w[column] + sum(depth, (k) => x[row * depth + k] * w[k * columns + column]);
        });
        expectNear(take(z, addresses.z, rows, columns), expected, width);

        // ∂L/∂x = ∂L/∂z Wᵀ, with x standing for ∂L/∂z.
        const error = runOnce(
          (allocate) => {
            Object.assign(addresses, {
              x: allocate(spare * pad(depth)),
              w: allocate(pad(columns) * pad(depth)),
              z: allocate(spare * pad(columns)),
            });
            return {
              code: codeMultiplyError,
              phase: phaseRows,
              integers: [addresses.x, pad(depth), addresses.w, 0, addresses.z, pad(columns), 1, 0],
            };
          },
          width,
          rows,
          (memory) => {
            put(memory, addresses.x, x, depth);
            put(memory, addresses.w, w, depth);
          },
        );
        const expectedError = Array.from({ length: rows * columns }, (_, index) => {
          const [row, column] = [Math.floor(index / columns), index % columns];
          return sum(depth, (k) => x[row * depth + k] * w[column * depth + k]);
        });
        expectNear(take(error, addresses.z, rows, columns), expectedError, width);

        // ∂L/∂W = xᵀ ∂L/∂z over `depth` samples; the bias's gradient is the sum of ∂L/∂z's rows.
        const gradient = runOnce(
          (allocate) => {
            const tall = roundUp(depth, 4);
            Object.assign(addresses, {
              x: allocate(tall * pad(rows)),
              w: allocate(tall * pad(columns)),
              z: allocate(pad(rows) * pad(columns)),
              bias: allocate(pad(columns)),
            });
            return {
              code: codeWeightGradient,
              phase: phaseRows,
              integers: [
                addresses.x,
                pad(rows),
                addresses.w,
                pad(columns),
                addresses.z,
                addresses.bias,
                1,
                0,
              ],
            };
          },
          width,
          depth,
          (memory) => {
            put(memory, addresses.x, x, rows);
            put(memory, addresses.w, w, columns);
          },
        );
        const expectedGradient = Array.from({ length: rows * columns }, (_, index) => {
          const [row, column] = [Math.floor(index / columns), index % columns];
          return sum(depth, (k) => x[k * rows + row] * w[k * columns + column]);
        });
        expectNear(take(gradient, addresses.z, rows, columns), expectedGradient, width);
        const expectedBias = Array.from({ length: columns }, (_, column) =>
          sum(depth, (k) => w[k * columns + column]),
        );
        expectNear(take(gradient, addresses.bias, 1, columns), expectedBias, width);
      }),
      { seed: 3, numRuns: 25 },
    );
  });
});

describe.each([4, 8] as const)('with numbers of %d bytes', (width) => {
  const anySize = fc.integer({ min: 1, max: 11 });

  test('flattening and its way back put every number where PyTorch has it', () => {
    fc.assert(
      fc.property(
        fc.record({
          samples: anySize,
          rows: anySize,
          features: anySize,
          image: fc.boolean(),
          adding: fc.boolean(),
        }),
        ({ samples, rows, features, image, adding }) => {
          const length = rows * features;
          const numbers = Float64Array.from({ length: samples * length }, (_, index) => index + 1);
          const integers = (matrix: number, flat: number): number[] => {
            return [matrix, rows, features, pad(features), flat, pad(length), Number(image), Number(adding)];
          };
          // Channels x pixels in an image's vector, steps x features in a sequence's.
          const placeOf = (row: number, feature: number): number =>
            image ? feature * rows + row : row * features + feature;
          const move = (code: number, fill: (memory: RunMemory) => void): RunMemory =>
            runOnce(
              (allocate) => {
                addresses.matrix = allocate(roundUp(samples * rows, 4) * pad(features));
                addresses.flat = allocate(roundUp(samples, 4) * pad(length));
                return { code, phase: phaseRows, integers: integers(addresses.matrix, addresses.flat) };
              },
              width,
              samples,
              fill,
            );
          const addresses = { matrix: 0, flat: 0 };

          const flat = move(codeFlatten, (memory) => put(memory, addresses.matrix, numbers, features));
          const expected = new Float64Array(samples * length);
          numbers.forEach((number, index) => {
            const [row, feature] = [Math.floor(index / features), index % features];
            expected[Math.floor(row / rows) * length + placeOf(row % rows, feature)] = number;
          });
          expect(take(flat, addresses.flat, samples, length)).toEqual([...expected]);

          const back = move(codeUnflatten, (memory) => {
            put(memory, addresses.flat, expected, length);
            put(memory, addresses.matrix, numbers, features);
          });
          expect(take(back, addresses.matrix, samples * rows, features)).toEqual(
            Array.from(numbers, (number) => (adding ? 2 * number : number)),
          );
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });
});

test('elementary functions of float64 agree with the host’s to a unit of the last place', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(elementary.exponential(x) / Math.exp(x) - 1)).toBeLessThan(4e-16);
      expect(Math.abs(elementary.sine(x) - Math.sin(x))).toBeLessThan(3e-16);
      expect(Math.abs(elementary.cosine(x) - Math.cos(x))).toBeLessThan(3e-16);
      if (x > 0)
        expect(Math.abs(elementary.logarithm(x) - Math.log(x))).toBeLessThan(
          4e-16 * Math.max(1, Math.abs(Math.log(x))),
        );
    }),
    { seed: 4 },
  );
});
