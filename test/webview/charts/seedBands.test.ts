/** A run of two layers whose norms are 1 and 10, and two further seeds at a tenth and at ten times that. */
import { describe, expect, it } from 'vitest';
import { metricOf } from '../../../src/analysis/metrics.ts';
import {
  bandOverSteps,
  bandsAt,
  bandsInWords,
  seedBounds,
  seedsLabel,
} from '../../../webview/charts/seedBands.ts';
import { rowsOf, runOf, stateOf } from '../run.ts';

const norm = metricOf('norm');
const steps = 4;
const rowsTimes = (scale: number, count = steps) =>
  rowsOf(Array.from({ length: count }, () => [scale, 10 * scale]));
const run = {
  ...runOf(Array.from({ length: steps }, () => [1, 10])),
  seeds: [rowsTimes(0.1), rowsTimes(10, 2)],
};

describe('bands over seeds', () => {
  it('hold every layer’s value of all seeds at a step', () => {
    expect(bandsAt(run, 1, norm)).toEqual([
      { x: 0, low: 0.1, median: 1, high: 10 },
      { x: 1, low: 1, median: 10, high: 100 },
    ]);
    expect(seedsLabel(run)).toBe('3 seeds, smallest to largest');
  });

  it('leave a seed out that ended before the step', () => {
    expect(bandsAt(run, 3, norm)[0]).toEqual({ x: 0, low: 0.1, median: 0.55, high: 1 });
  });

  it('follow a line over the steps, in units of the axis', () => {
    const medians = Array.from({ length: steps }, (_, x) => ({ x, y: 0 }));
    const band = bandOverSteps(run, 0, norm, medians, Math.log10);
    expect(band.map(({ low, high }) => [low, high])).toEqual([
      [-1, 1],
      [-1, 1],
      [-1, 0],
      [-1, 0],
    ]);
  });

  it('are none where there is one seed', () => {
    const single = runOf([[1, 10]]);
    expect(bandsAt(single, 0, norm)).toEqual([]);
    expect(bandOverSteps(single, 0, norm, [{ x: 0, y: 0 }], Math.log10)).toEqual([]);
    expect(bandsInWords(single, [], norm)).toBe('');
  });

  it('say to what an axis must reach, and in words where they lie', () => {
    expect(Math.min(...seedBounds(run, norm))).toBe(0.1);
    expect(Math.max(...seedBounds(run, norm))).toBe(100);
    expect(bandsInWords(run, bandsAt(run, 1, norm), norm)).toBe(
      '; over 3 seeds, smallest to largest: a 0.100 to 10.0, b 1.00 to 100',
    );
  });

  it('come through the channel seed by seed', () => {
    expect(stateOf(run).runs[0]?.seeds).toEqual(run.seeds);
  });
});
