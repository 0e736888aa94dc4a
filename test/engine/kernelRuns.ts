/** Runs single kernels over a memory of their own, for tests. */
import { expect } from 'vitest';
import { Arena, roundUp } from '../../src/engine/arena.ts';
import { operationBytes, stepBytes } from '../../src/engine/kernels/assembly/codes.ts';
import { RunMemory } from '../../src/engine/memory.ts';
import { writeProgram, type Operation } from '../../src/engine/program.ts';

const scratchBytes = 2 ** 20;

/** A memory with one operation or several, run once on so many samples. */
export function runOnce(
  plan: (allocate: (numbers: number) => number) => Operation | readonly Operation[],
  width: 4 | 8,
  samples: number,
  fill: (memory: RunMemory) => void,
): RunMemory {
  const arena = new Arena();
  const operations = [plan((numbers) => arena.allocate(numbers * width))].flat();
  const [program, table, scratch] = [
    arena.allocate(operations.length * operationBytes),
    arena.allocate(stepBytes),
    arena.allocate(scratchBytes),
  ];
  const memory = new RunMemory(arena.bytes, width);
  fill(memory);
  writeProgram(memory.view, program, operations);
  memory.view.setInt32(table, samples, true);
  memory.kernels.configure(4 * Math.ceil(samples / 32), scratch, scratchBytes, 0);
  memory.run(program, operations.length, table, 1, 0, 1);
  return memory;
}

/** Columns as they lie in memory. */
export const pad = (count: number): number => roundUp(count, 8);

/** Writes a matrix, row by row. */
export function put(memory: RunMemory, address: number, values: Float64Array, columns: number): void {
  values.forEach((value, index) => {
    memory.numbers[address / memory.width + Math.floor(index / columns) * pad(columns) + (index % columns)] =
      value;
  });
}

/** Reads one. */
export function take(memory: RunMemory, address: number, rows: number, columns: number): number[] {
  return Array.from(
    { length: rows * columns },
    (_, index) =>
      memory.numbers[address / memory.width + Math.floor(index / columns) * pad(columns) + (index % columns)],
  );
}

/** All differences are small beside `scale`, which is the root mean square of what is expected unless given. */
export function expectNear(
  actual: readonly number[],
  expected: readonly number[],
  width: 4 | 8,
  scale = Math.hypot(...expected) / Math.sqrt(expected.length) + 1e-300,
): void {
  const worst = Math.max(...actual.map((value, index) => Math.abs(value - expected[index]))) / scale;
  // A sum of a few hundred products loses a few of the 24 or 53 bits.
  expect(worst).toBeLessThan(width === 4 ? 1e-5 : 1e-13);
}

/** Σ term(index) over index < length. */
export const sum = (length: number, term: (index: number) => number): number => {
  let total = 0;
  for (let index = 0; index < length; index++) total += term(index);
  return total;
};
