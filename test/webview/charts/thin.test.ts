import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenlyChosen, medianLine, rowsPerMedian, thinLine } from '../../../webview/charts/thin.ts';

const same = (value: number): number => value;

describe('a thinned line', () => {
  it('is the line itself where there are pixels enough', () => {
    const points = thinLine([0, 1, 2], [5, 6, 7], same, 100, 0, 2);
    expect(points).toEqual([
      { x: 0, y: 5 },
      { x: 1, y: 6 },
      { x: 2, y: 7 },
    ]);
  });

  it('keeps a spike of a single step', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 6543 ? 9 : 1));
    const steps = values.map((_, index) => index);
    expect(thinLine(steps, values, same, 100, 0, 9999)).toContainEqual({ x: 6543, y: 9 });
  });

  it('has two points a column at most, the first and the last point, and the extremes, in order', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 3,
      maxLength: 400,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (list, columns) => {
        const steps = list.map((_, index) => index);
        const points = thinLine(steps, list, same, columns, 0, list.length - 1);
        expect(points.length).toBeLessThanOrEqual(Math.max(2 * columns, 2 * (columns + 2)));
        expect(points[0]).toEqual({ x: 0, y: list[0] });
        expect(points.at(-1)).toEqual({ x: list.length - 1, y: list.at(-1) });
        const heights = points.map(({ y }) => y);
        expect(Math.max(...heights)).toBe(Math.max(...list));
        expect(Math.min(...heights)).toBe(Math.min(...list));
        expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(thinLine([], [], same, 10, 0, 1)).toEqual([]);
  });
});

describe('a line of medians', () => {
  const noisy = Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? 1 : 100));
  const steps = noisy.map((_, row) => row);

  it('is the line itself where there are few rows', () => {
    expect(rowsPerMedian(40)).toBe(1);
    expect(medianLine([0, 1], [5, 6], same)).toEqual([
      { x: 0, y: 5 },
      { x: 1, y: 6 },
    ]);
  });

  it('is calm where every step is not', () => {
    const values = noisy.map((value, row) => value + row / 1000);
    // Of 1, 100, 1, 100 the upper median is about 100, in every stretch.
    for (const { y } of medianLine(steps, values, same)) expect(y).toBeCloseTo(100.2, 0);
  });

  it('has at most 64 stretches, from the first step to the last', () => {
    const many = Array.from({ length: 10_000 }, (_, row) => row);
    const points = medianLine(many, many, same);
    expect(points.length).toBeLessThanOrEqual(64);
    expect([points[0]?.x, points.at(-1)?.x]).toEqual([0, 9999]);
  });

  it('is at zero only where most of a stretch is', () => {
    const rare = noisy.map((_, row) => (row % 4 === 0 ? -1 : 1));
    expect(new Set(medianLine(steps, rare, same).map(({ y }) => y))).toEqual(new Set([1]));
    const often = noisy.map((_, row) => (row % 4 === 0 ? 1 : -1));
    expect(new Set(medianLine(steps, often, same).map(({ y }) => y))).toEqual(new Set([-1]));
  });
});

describe('evenly chosen positions', () => {
  it.each([
    [3, 5, [0, 1, 2]],
    [10, 4, [0, 3, 6, 9]],
    [1000, 2, [0, 999]],
    [5, 1, [0]],
    [0, 4, []],
  ])('%d, at most %d', (count, most, expected) => {
    expect(evenlyChosen(count, most)).toEqual(expected);
  });
});
