import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fitLine, geometricMean, median } from '../../src/analysis/regression.ts';

describe('fitLine', () => {
  it('finds the line that the points lie on', () => {
    const finite = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 3, max: 30 }), (slope, intercept, points) => {
        const line = fitLine(Array.from({ length: points }, (_, x) => intercept + slope * x));
        expect(line.slope).toBeCloseTo(slope, 8);
        expect(line.intercept).toBeCloseTo(intercept, 8);
        expect(line.high - line.low).toBeLessThan(1e-6);
      }),
    );
  });

  it('gives the interval of the textbook', () => {
    // By hand: slope 0.9, residual sum of squares 1.9, 3 degrees of freedom, t = 3.182: 0.9 ± 3.182 · √(1.9/3/10) = ± 0.801.
    const line = fitLine([1, 3, 2, 4, 5]);
    expect(line.slope).toBeCloseTo(0.9, 12);
    expect(line.high - line.slope).toBeCloseTo(0.801, 3);
  });

  it('keeps the place of values beside missing ones, and is unsure of two points', () => {
    expect(fitLine([1, NaN, 3]).slope).toBe(1);
    expect(fitLine([1, 2])).toMatchObject({ slope: 1, low: -Infinity, high: Infinity });
    expect(fitLine([1]).slope).toBeNaN();
  });
});

test.each([
  [[], Number.NaN],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
])('median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('geometric mean of 1, 10 and 100 is 10', () => {
  expect(geometricMean([1, 10, 100])).toBeCloseTo(10, 12);
});
