/** The kernels alone: products against plain loops for shapes of every kind, functions against float64 of the host. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Arena, roundUp } from '../../src/engine/arena.ts';
import {
  codeActivation,
  codeMultiply,
  codeMultiplyError,
  codeWeightGradient,
  operationBytes,
  phaseRows,
  stepBytes,
} from '../../src/engine/kernels/assembly/codes.ts';
import { elementary } from '../../src/engine/kernels/load.ts';
import { RunMemory } from '../../src/engine/memory.ts';
import { activationNames } from '../../src/engine/operations/activation.ts';
import { writeProgram, type Operation } from '../../src/engine/program.ts';
import { Random } from '../../src/engine/random.ts';
import type { ActivationName } from '../../src/language/network.ts';

const scratchBytes = 2 ** 20;

/** A memory with one operation, run once on so many samples. */
function runOnce(
  operation: (allocate: (numbers: number) => number) => Operation,
  width: 4 | 8,
  samples: number,
  fill: (memory: RunMemory) => void,
): RunMemory {
  const arena = new Arena();
  const planned = operation((numbers) => arena.allocate(numbers * width));
  const [program, table, scratch] = [
    arena.allocate(operationBytes),
    arena.allocate(stepBytes),
    arena.allocate(scratchBytes),
  ];
  const memory = new RunMemory(arena.bytes, width);
  fill(memory);
  writeProgram(memory.view, program, [planned]);
  memory.view.setInt32(table, samples, true);
  memory.kernels.configure(4 * Math.ceil(samples / 32), scratch, scratchBytes, 0);
  memory.run(program, 1, table, 1, 0, 1);
  return memory;
}

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

const pad = (count: number): number => roundUp(count, 8);

function put(memory: RunMemory, address: number, values: Float64Array, columns: number): void {
  values.forEach((value, index) => {
    memory.numbers[address / memory.width + Math.floor(index / columns) * pad(columns) + (index % columns)] =
      value;
  });
}

function take(memory: RunMemory, address: number, rows: number, columns: number): number[] {
  return Array.from(
    { length: rows * columns },
    (_, index) =>
      memory.numbers[address / memory.width + Math.floor(index / columns) * pad(columns) + (index % columns)],
  );
}

function expectNear(actual: readonly number[], expected: readonly number[], width: 4 | 8): void {
  const scale = Math.hypot(...expected) / Math.sqrt(expected.length) + 1e-300;
  const worst = Math.max(...actual.map((value, index) => Math.abs(value - expected[index]))) / scale;
  // A sum of a few hundred products loses a few of the 24 or 53 bits.
  expect(worst).toBeLessThan(width === 4 ? 1e-5 : 1e-13);
}

const sum = (length: number, term: (index: number) => number): number => {
  let total = 0;
  for (let index = 0; index < length; index++) total += term(index);
  return total;
};

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
