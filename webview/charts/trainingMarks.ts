/** What the chart over training draws of a line and of the band over its seeds. */
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import { dashes, fillBetween, tracePath } from './marks.ts';
import type { Marks, Plot } from './plot.ts';
import type { LayerLine } from './trainingData.ts';

/** Lines up to which every step is drawn behind the medians. */
const mostFaintLines = 12;

/** The medians of a line, and behind them, where lines are few enough for that, the band over seeds, or every step, faintly. */
export function marksOf(
  { medians, points, band }: LayerLine,
  index: number,
  colour: string,
  lines: number,
  theme: Theme,
): Marks[] {
  const isFaintShown = lines <= mostFaintLines && !theme.highContrast && medians.length < points.length;
  const main: Marks = {
    type: 'line',
    data: [...medians],
    borderColor: colour,
    borderWidth: lines <= 20 ? 2 : 1.25,
    borderDash: theme.highContrast ? [...(dashes[index % dashes.length] ?? [])] : [],
    borderJoinStyle: 'round',
    // A single row is no line yet.
    pointRadius: medians.length === 1 ? 3 : 0,
    pointBackgroundColor: colour,
    order: 0,
  };
  if (band.length > 0) return showsEveryBand(lines, theme) ? [main, ...bandMarks(band, colour)] : [main];
  if (!isFaintShown) return [main];
  const faint: Marks = {
    type: 'line',
    data: [...points],
    borderColor: withAlpha(colour, 0.16),
    borderWidth: 1,
    pointRadius: 0,
    order: 1,
  };
  return [main, faint];
}

/** Bands of many lines cover each other, and in high contrast all of them are alike: then only a lit layer has one. */
export function showsEveryBand(lines: number, theme: Theme): boolean {
  return lines <= mostFaintLines && !theme.highContrast;
}

function bandMarks(band: LayerLine['band'], colour: string): Marks[] {
  const edge = { type: 'line', pointRadius: 0, borderWidth: 0, order: 2 } as const;
  return [
    {
      ...edge,
      data: band.map(({ x, high }) => ({ x, y: high })),
      fill: '+1',
      backgroundColor: withAlpha(colour, 0.12),
    },
    { ...edge, data: band.map(({ x, low }) => ({ x, y: low })) },
  ];
}

/** The band of the lit layer, above all others. */
export function fillBand(
  context: CanvasRenderingContext2D,
  plot: Plot,
  band: LayerLine['band'],
  colour: string,
  theme: Theme,
): void {
  const [high, low] = [
    band.map((point) => ({ x: plot.x(point.x), y: plot.y(point.high) })),
    band.map((point) => ({ x: plot.x(point.x), y: plot.y(point.low) })),
  ];
  fillBetween(context, high, low, withAlpha(colour, 0.25));
  if (theme.highContrast) for (const edge of [high, low]) tracePath(context, edge, colour, [], 1);
}
