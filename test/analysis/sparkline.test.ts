import { describe, expect, it } from 'vitest';
import { sparkline } from '../../src/analysis/sparkline.ts';

describe('a curve in one line', () => {
  it.each([
    // Eight decades on eight bars: one each.
    [[1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1], '▁▂▃▄▅▆▇█'],
    [[1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7], '█▇▆▅▄▃▂▁'],
    // Less than half a decade is noise and lies in the middle.
    [[1, 1.001, 1], '▅▅▅'],
    [[0, 1, 0], '·▅·'],
    [[1, Number.NaN, Infinity], '▅××'],
    [[], ''],
  ])('%j → %s', (values, line) => {
    expect(sparkline(values, 40)).toBe(line);
  });

  it('is no wider than asked for, and keeps what is not finite', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 999 ? Infinity : 1));
    expect(sparkline(values, 10)).toBe('▅▅▅▅▅▅▅▅▅×');
  });
});
