import type { Random } from '../random.ts';

/** Which samples are taken, the training samples first, each part in the data set's own order. */
export interface Split {
  readonly order: Uint32Array;
  readonly trainCount: number;
}

/**
 * Takes `wanted` of `available` samples at random and keeps the share `split` of them for training. The order within each
 * part stays, so that with `split = 1` and all samples the data set is as its file has it.
 */
export function splitSamples(available: number, wanted: number, split: number, random: Random): Split {
  const taken = Math.min(available, wanted);
  const trainCount = Math.min(taken, Math.max(1, Math.round(taken * split)));
  const chosen = random.permutation(available).subarray(0, taken);
  // The first come to training; typed arrays sort by number.
  chosen.subarray(0, trainCount).sort();
  chosen.subarray(trainCount).sort();
  return { order: chosen, trainCount };
}

/** The given rows of a row-major table, in the given order; the table itself where that is all of it. */
export function takeRows(table: Float64Array, width: number, order: Uint32Array): Float64Array {
  if (order.length * width === table.length && order.every((row, place) => row === place)) {
    return table;
  }
  const rows = new Float64Array(order.length * width);
  order.forEach((row, place) => {
    rows.set(table.subarray(row * width, (row + 1) * width), place * width);
  });
  return rows;
}
