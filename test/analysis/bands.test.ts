import { expect, test } from 'vitest';
import { bandName, bandOf } from '../../src/analysis/bands.ts';

test('the band of few values reaches from the smallest to the largest', () => {
  expect(bandOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(bandName(9)).toBe('smallest to largest');
});

test('from ten values on it leaves a tenth out on either side', () => {
  // numpy.quantile(range(1, 12), [0.1, 0.5, 0.9]) is [2, 6, 10], and of range(10) it is [0.9, 4.5, 8.1].
  expect(bandOf(Array.from({ length: 11 }, (_, index) => 11 - index))).toEqual({
    median: 6,
    low: 2,
    high: 10,
  });
  const ten = bandOf(Array.from({ length: 10 }, (_, index) => index));
  expect(ten?.low).toBeCloseTo(0.9, 12);
  expect(ten?.high).toBeCloseTo(8.1, 12);
  expect(bandName(10)).toBe('10–90 %');
});

test('what is not a number does not count, and one value is no band', () => {
  expect(bandOf([Number.NaN, 1, 2])).toEqual({ median: 1.5, low: 1, high: 2 });
  expect(bandOf([Number.NaN, 1])).toBeUndefined();
  expect(bandOf([Infinity, Infinity])).toEqual({ median: Infinity, low: Infinity, high: Infinity });
});
