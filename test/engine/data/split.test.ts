import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSamples, takeRows } from '../../../src/engine/data/split.ts';
import { Random } from '../../../src/engine/random.ts';

const share = fc.double({ min: 0.01, max: 1, noNaN: true });

test('every part keeps the order of the file, and no sample is in both', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 300 }),
      share,
      fc.integer(),
      (available, wanted, split, seed) => {
        const { order, trainCount } = splitSamples(available, wanted, split, new Random(seed, 'split'));
        const ascending = (part: Uint32Array) =>
          part.every((row, place) => place === 0 || part[place - 1] < row);
        expect(ascending(order.subarray(0, trainCount)) && ascending(order.subarray(trainCount))).toBe(true);
        expect(new Set(order).size).toBe(Math.min(available, wanted));
        expect(order.every((row) => row < available)).toBe(true);
        expect(trainCount).toBe(Math.max(1, Math.round(order.length * split)));
      },
    ),
  );
});

test('which samples are held out is random, and the same for the same seed', () => {
  const heldOut = (seed: number) => splitSamples(100, 100, 0.8, new Random(seed, 'split')).order.subarray(80);
  expect(heldOut(1)).toEqual(heldOut(1));
  expect(heldOut(1)).not.toEqual(heldOut(2));
});

test('with everything for training, the rows stay where they are', () => {
  const table = Float64Array.of(1, 2, 3, 4, 5, 6);
  const { order } = splitSamples(3, 1_000_000_000, 1, new Random(1, 'split'));
  expect(takeRows(table, 2, order)).toBe(table);
  expect(takeRows(table, 2, Uint32Array.of(2, 0))).toEqual(Float64Array.of(5, 6, 1, 2));
});
