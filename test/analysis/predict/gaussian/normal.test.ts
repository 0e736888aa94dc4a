/** Expected values: Abramowitz & Stegun, table 26.1, and mpmath for the tail. */
import { describe, expect, test } from 'vitest';
import { normalCumulative, normalQuantile } from '../../../../src/analysis/predict/gaussian/normal.ts';

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.96, 0.9750021048517795],
    [-1.96, 0.0249978951482205],
    [-3, 0.0013498980316300946],
    [-6, 9.865876450376946e-10],
    [2.5, 0.993790334674224],
  ])('Φ(%d) = %d', (x, probability) => {
    expect(Math.abs(normalCumulative(x) - probability)).toBeLessThan(5e-15);
  });

  test('is 0 and 1 at the ends', () => {
    expect([normalCumulative(-Infinity), normalCumulative(Infinity)]).toEqual([0, 1]);
    expect(normalCumulative(NaN)).toBeNaN();
  });

  test.each([0.001, 0.1, 0.3, 0.5, 0.9, 0.999])('the quantile of %d leads back to it', (probability) => {
    expect(normalCumulative(normalQuantile(probability))).toBeCloseTo(probability, 12);
  });

  test('the quantile of 0.975 is 1.959963984540054', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  });
});
