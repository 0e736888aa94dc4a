import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  formatChanging,
  formatCount,
  formatFactor,
  formatNumber,
  formatProgress,
  formatSetting,
  formatShare,
} from '../../src/analysis/numbers.ts';

// Expected texts are written by hand from the rule at the top of numbers.ts.
test.each([
  [2.3456e-7, '2.35e-7'],
  [2.3e-7, '2.30e-7'],
  [0.0123, '0.0123'],
  [0.000999999, '0.00100'],
  [0.000999, '9.99e-4'],
  [0.61803, '0.618'],
  [1, '1.00'],
  [117.4, '117'],
  [2337, '2,340'],
  [99_949, '99,900'],
  [99_950, '1.00e5'],
  [-0.25, '-0.250'],
  [5e-324, '4.94e-324'],
  [1.7e308, '1.70e308'],
  [0, '0'],
  [-0, '0'],
  [Number.NaN, 'not a number'],
  [Infinity, 'infinite'],
  [-Infinity, 'minus infinite'],
])('formatNumber(%d) is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [1e-4, '1e-4'],
  [2.5e-4, '2.5e-4'],
  [0.05, '0.05'],
  [1000, '1,000'],
  [1e5, '1e5'],
  [0, '0'],
])('formatSetting(%d) is %s', (value, text) => {
  expect(formatSetting(value)).toBe(text);
});

test.each([
  [410_234, '410,000'],
  [4.17, '4.2'],
  [12.3, '12'],
  [9.97, '10'],
  [0.5, '0.50'],
  [3.14e12, '3.1e12'],
])('formatFactor(%d) is %s', (value, text) => {
  expect(formatFactor(value)).toBe(text);
});

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [1e-9, 'below 0.1 %'],
  [0.99999, 'above 99.9 %'],
  [0.123, '12 %'],
  [0.0123, '1.2 %'],
  [0.9951, '99.5 %'],
])('formatShare(%d) is %s', (value, text) => {
  expect(formatShare(value)).toBe(text);
});

describe('any number', () => {
  it('reads back within half a unit of its third digit, and is 0 only when it is 0', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e307, max: 1e307 }), (value) => {
        const back = Number(formatNumber(value).replaceAll(',', ''));
        expect(back === 0).toBe(value === 0);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 0.00501 + Number.MIN_VALUE);
      }),
    );
  });

  it('keeps every digit of a count', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(Number(formatCount(count).replaceAll(',', ''))).toBe(count);
      }),
    );
  });
});

it('gives numbers that change before a person as much room as they will take', () => {
  const widths = [0, 7, 999, 1000, 99_999, 100_000].map((value) => formatProgress(value, 100_000).length);
  expect(new Set(widths)).toEqual(new Set(['100,000'.length]));
  expect(formatProgress(100_000, 100_000)).toBe('100,000');
  expect(formatProgress(1234, 100)).toBe('1,234');
  expect([0, 0.7, 0.0123, 2.3e-7].map((value) => formatChanging(value).length)).toEqual([7, 7, 7, 7]);
  expect(formatChanging(2.3e-10)).toBe('2.30e-10');
});
