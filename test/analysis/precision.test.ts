import fc from 'fast-check';
import { expect, test } from 'vitest';
import { precisionLosses, shareZero } from '../../src/analysis/precision.ts';
import {
  histogramBins,
  histogramLowestExponent,
  type GradientHistogram,
} from '../../src/engine/recording.ts';

function histogramOf(entries: readonly number[]): GradientHistogram {
  const counts = new Uint32Array(histogramBins);
  for (const entry of entries) {
    const exponent = Math.floor(Math.log2(Math.abs(entry)));
    const bin = entry === 0 ? 0 : 1 + Math.max(0, exponent - histogramLowestExponent);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { step: 0, counts };
}

/** Whether the processor's own rounding to float32 makes a zero of it. */
const vanishesIn32 = (value: number): boolean => value !== 0 && Math.fround(value) === 0;

test('what float32 flushes is what Math.fround makes zero', () => {
  // 2^−150 itself is a tie that rounds to even, to zero: a single number of measure nothing, left out here.
  const entry = fc.tuple(
    fc.double({ min: 1.01, max: 1.99, noNaN: true }),
    fc.integer({ min: -159, max: 10 }),
  );
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (parts) => {
      const entries = parts.map(([mantissa, exponent]) => mantissa * 2 ** exponent);
      const share = entries.filter(vanishesIn32).length / entries.length;
      const fp32 = precisionLosses(histogramOf(entries), 0).find(({ format }) => format === 'fp32');
      expect(fp32?.flushed).toBeCloseTo(share, 12);
    }),
  );
});

// IEEE 754-2019: the smallest subnormal of binary16 is 2^−24 = 5.96e-8, so 2.99e-8 and more round up to it.
test.each([
  [3.1e-8, 0],
  [2.9e-8, 1],
  [1e-12, 1],
])('fp16 makes of %d a zero: %d', (entry, share) => {
  expect(precisionLosses(histogramOf([entry]), 0)[0]).toMatchObject({ format: 'fp16', flushed: share });
});

test('scaling the loss by 2^16 saves what lies above 2^−41 = 4.5e-13', () => {
  const [fp16] = precisionLosses(histogramOf([1e-12, 1e-13]), 0);
  expect(fp16).toMatchObject({ flushed: 1, flushedScaled: 0.5 });
});

test('exact zeros are counted apart', () => {
  const histogram = histogramOf([0, 0, 0, 1]);
  expect(shareZero(histogram, 0)).toBe(0.75);
  expect(precisionLosses(histogram, 0).map(({ flushed }) => flushed)).toEqual([0, 0, 0]);
});
