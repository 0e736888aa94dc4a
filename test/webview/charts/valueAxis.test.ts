import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linearAxis,
  linearTicks,
  logarithmicAxis,
  positionOn,
  valueAt,
  type ValueAxis,
} from '../../../webview/charts/valueAxis.ts';

const labels = (axis: ValueAxis): string[] => axis.ticks.map(({ label }) => label);

describe('a logarithmic axis', () => {
  it('places values by their decades', () => {
    const axis = logarithmicAxis([[1e-6, 1]]);
    expect(positionOn(axis, 1e-6)).toBeCloseTo(-6, 12);
    expect(positionOn(axis, 1)).toBe(0);
    expect(axis.low).toBeLessThan(-6);
    expect(axis.high).toBeGreaterThan(0);
  });

  it('has a tick at every decade, at every second where they are many, and between where they are few', () => {
    expect(labels(logarithmicAxis([[1e-4, 1]]))).toEqual(['1e-4', '0.001', '0.01', '0.1', '1']);
    expect(labels(logarithmicAxis([[1e-10, 1]]))).toEqual(['1e-10', '1e-8', '1e-6', '1e-4', '0.01', '1']);
    expect(labels(logarithmicAxis([[1, 10]]))).toEqual(['1', '2', '5', '10']);
  });

  it('reaches to the thresholds', () => {
    const axis = logarithmicAxis([[0.1, 1]], [1e-4]);
    expect(axis.low).toBeLessThan(-4);
  });

  it('does not let a threshold that is far away flatten everything', () => {
    const axis = logarithmicAxis([[1e-300, 1e-299]], [1e-4]);
    expect(axis.high).toBeLessThan(-280);
  });

  it('shows at least a decade, so that noise is no mountain', () => {
    const axis = logarithmicAxis([[0.69, 0.7]]);
    expect(axis.high - axis.low).toBeGreaterThanOrEqual(1);
  });

  it('has a band below for exact zeros, and one above for what is not finite, only where there are such', () => {
    const clean = logarithmicAxis([[1e-3, 1]]);
    expect([clean.zero, clean.notFinite, clean.bottom, clean.top]).toEqual([
      undefined,
      undefined,
      clean.low,
      clean.high,
    ]);
    const axis = logarithmicAxis([[0, 1e-3, 1, Number.NaN, Infinity]]);
    expect(positionOn(axis, 0)).toBeLessThan(axis.low);
    expect(positionOn(axis, 0)).toBeGreaterThan(axis.bottom);
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(positionOn(axis, value)).toBeGreaterThan(axis.high);
      expect(positionOn(axis, value)).toBeLessThan(axis.top);
    }
    expect(labels(axis).at(0)).toBe('0');
    expect(labels(axis).at(-1)).toBe('NaN, ∞');
  });

  it('stands without a single positive value', () => {
    for (const values of [[], [0], [Number.NaN]]) {
      const axis = logarithmicAxis([values]);
      expect(axis.bottom).toBeLessThan(axis.top);
      for (const value of values) expect(Number.isFinite(positionOn(axis, value))).toBe(true);
    }
  });

  it('gives every value of its data a place between its ends, and the value back at that place', () => {
    const value = fc.oneof(
      fc.double({ min: 5e-324, max: 1e300, noNaN: true }),
      fc.constantFrom(0, Number.NaN, Infinity),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const axis = logarithmicAxis([values]);
        for (const each of values) {
          const place = positionOn(axis, each);
          expect(place).toBeGreaterThanOrEqual(axis.bottom);
          expect(place).toBeLessThanOrEqual(axis.top);
          // A decade's fraction has 52 bits less those of the decade itself.
          if (each > 1e-300 && each < Infinity) expect(valueAt(axis, place) / each).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});

it('labels no decade on top of a band’s own label', () => {
  // Every fifth decade would have one, from 1e-5 at the band of zeros to 1e25 at that of the infinite.
  const axis = logarithmicAxis([[0, 1e-5, 1e25, Infinity]]);
  expect(labels(axis)).toEqual(['0', '1', '1e5', '1e10', '1e15', '1e20', 'NaN, ∞']);
});

describe('a linear axis', () => {
  it('begins at zero and gives zero no band', () => {
    const axis = linearAxis([[0, 0.4]]);
    expect([axis.low, axis.high, axis.zero]).toEqual([0, 0.4, undefined]);
    expect(labels(axis)).toEqual(['0', '0.1', '0.2', '0.3', '0.4']);
  });

  it('goes below zero where values do', () => {
    expect(linearAxis([[-2, 3]])).toMatchObject({ low: -2, high: 3 });
  });

  it('stands without values', () => {
    expect(linearAxis([[]])).toMatchObject({ low: 0, high: 1 });
  });

  it.each([
    [0, 100, 5, [0, 20, 40, 60, 80, 100]],
    [0, 499, 5, [0, 100, 200, 300, 400]],
    [3, 9, 3, [4, 6, 8]],
  ])('from %d to %d has round ticks', (low, high, count, expected) => {
    expect(linearTicks(low, high, count).map(({ at }) => at)).toEqual(expected);
  });
});
