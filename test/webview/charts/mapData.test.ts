import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellMissing,
  cellNotFinite,
  cellZero,
  mapCells,
  mapDomain,
} from '../../../webview/charts/mapData.ts';

const logarithmic = { scale: 'logarithmic', low: -2, high: 0 } as const;

function cells(series: readonly (readonly number[] | undefined)[], columns = 100, rows = 100): number[] {
  const count = Math.max(...series.map((values) => values?.length ?? 0));
  const steps = Array.from({ length: count }, (_, index) => index);
  return [...mapCells({ series, steps, from: 0, to: count - 1, domain: logarithmic }, columns, rows).shares];
}

describe('the map', () => {
  it('places values between the ends of its domain by their decades', () => {
    expect(cells([[0.01, 0.1, 1]])).toEqual([0, 0.5, 1]);
  });

  it('has a row for each layer, from input to output', () => {
    expect(cells([[0.01], [1]])).toEqual([0, 1]);
  });

  it('averages decades where steps share a pixel', () => {
    expect(cells([[0.01, 1, 1, 1]], 2)).toEqual([0.5, 1]);
  });

  it('lets neither an exact zero nor a NaN be averaged away', () => {
    expect(cells([[0, 1, 1, 1]], 2)).toEqual([cellZero, 1]);
    expect(cells([[0, Number.NaN, 1, Infinity]], 2)).toEqual([cellNotFinite, cellNotFinite]);
  });

  it('joins layers where there are more of them than pixels', () => {
    expect(cells([[0.01], [1], [0], [1]], 1, 2)).toEqual([0.5, cellZero]);
  });

  it('leaves a layer without the metric empty', () => {
    expect(cells([undefined, [1]])).toEqual([cellMissing, 1]);
  });

  it('goes on over a stretch in which nothing was recorded', () => {
    const input = { series: [[0.01, 1]], steps: [0, 9], from: 0, to: 9, domain: logarithmic };
    expect([...mapCells(input, 2, 1).shares]).toEqual([0, 1]);
  });

  it('shows a single step', () => {
    expect(cells([[0.1]])).toEqual([0.5]);
  });

  it('has a place for every value of its domain', () => {
    const value = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (values, columns) => {
          const domain = mapDomain([values], 'logarithmic');
          const steps = values.map((_, index) => index);
          const { shares } = mapCells(
            { series: [values], steps, from: 0, to: values.length - 1, domain },
            columns,
            1,
          );
          // Means of logarithms round at the last bits.
          for (const share of shares) expect(share >= -1e-6 && share <= 1 + 1e-6).toBe(true);
        },
      ),
    );
  });
});

describe('the domain of the map', () => {
  it('is that of all runs, without zeros and what is not finite', () => {
    expect(
      mapDomain(
        [
          [0, 0.01, Number.NaN],
          [Infinity, 100],
        ],
        'logarithmic',
      ),
    ).toEqual({ scale: 'logarithmic', low: -2, high: 2 });
    expect(mapDomain([[0, 0.5]], 'linear')).toEqual({ scale: 'linear', low: 0, high: 0.5 });
    expect(mapDomain([[0]], 'logarithmic')).toEqual({ scale: 'logarithmic', low: 0, high: 0 });
  });
});
