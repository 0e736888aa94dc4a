/** What the chart by layer draws. */
import { runLabel } from '../state/selectors.ts';
import type { ShownRun } from '../state/state.ts';
import { markOf, type Mark } from '../table/rows.ts';
import { withAlpha } from '../theme/colour.ts';
import type { Theme } from '../theme/theme.ts';
import type { LayerPoint, PredictedPoint } from './byLayerData.ts';
import type { LegendEntry } from './legendMarks.ts';
import { dashes, fillBetween, tracePath } from './marks.ts';
import type { Marks, Plot } from './plot.ts';
import { seedsLabel, type BandPoint } from './seedBands.ts';
import { positionOn, type ValueAxis } from './valueAxis.ts';

/** Above this, points touch each other and a line says more. */
const mostDots = 80;

interface MeasuredStyle {
  /** One a layer, where a single run is shown. */
  readonly colours: readonly string[] | undefined;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly threshold: number | undefined;
  readonly explode: number | undefined;
}

/** A run's values; below and above the thresholds they are told by shape too. Drawn by hand: it moves with the step in every frame. */
export function drawMeasured(
  plot: Plot,
  context: CanvasRenderingContext2D,
  points: readonly LayerPoint[],
  axis: ValueAxis,
  theme: Theme,
  { colours, colour, dash, threshold, explode }: MeasuredStyle,
): void {
  const places = points.map(({ layer, value }) => ({
    x: plot.x(layer),
    y: plot.y(positionOn(axis, value)),
    colour: colours?.[layer] ?? colour,
    mark: markOf(value, threshold, explode),
  }));
  tracePath(context, places, colours === undefined ? colour : withAlpha(theme.foreground, 0.6), dash, 1.5);
  if (points.length > mostDots) return;
  context.setLineDash([]);
  context.lineWidth = 1.25;
  for (const { x, y, colour: fill, mark } of places) {
    context.beginPath();
    if (mark === undefined) context.arc(x, y, 4, 0, 2 * Math.PI);
    else triangle(context, x, y, mark === 'below' ? 1 : -1);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = mark === undefined ? theme.background : theme.warning;
    context.stroke();
  }
}

/** Pointing down (1) or up (−1). */
function triangle(context: CanvasRenderingContext2D, x: number, y: number, direction: 1 | -1): void {
  const [halfWidth, height] = [4.8, 5.5];
  context.moveTo(x, y + direction * height);
  context.lineTo(x - halfWidth, y - (direction * height) / 2);
  context.lineTo(x + halfWidth, y - (direction * height) / 2);
  context.closePath();
}

/** The values at the first step. */
export function ghostLine(points: readonly LayerPoint[], axis: ValueAxis, theme: Theme): Marks {
  return {
    type: 'line',
    data: points.map(({ layer, value }) => ({ x: layer, y: positionOn(axis, value) })),
    borderColor: theme.muted,
    borderDash: [2, 3],
    borderWidth: 1.25,
    pointRadius: points.length <= mostDots ? 2.5 : 0,
    pointBackgroundColor: theme.background,
    pointBorderColor: theme.muted,
  };
}

/** Median and 10–90 % band. */
export function predictionBand(
  prediction: readonly PredictedPoint[],
  axis: ValueAxis,
  theme: Theme,
): Marks[] {
  if (prediction.length === 0) return [];
  const through = (read: (point: PredictedPoint) => number): { x: number; y: number }[] =>
    prediction.map((point) => ({ x: point.layer, y: positionOn(axis, read(point)) }));
  const colour = theme.accent;
  const common = { type: 'line', pointRadius: 0, borderWidth: 0 } as const;
  return [
    {
      ...common,
      data: through(({ median }) => median),
      borderColor: withAlpha(colour, 0.8),
      borderDash: [4, 3],
      borderWidth: 1,
    },
    { ...common, data: through(({ high }) => high), fill: '+1', backgroundColor: withAlpha(colour, 0.18) },
    { ...common, data: through(({ low }) => low) },
  ];
}

/** The band over seeds at the chosen step. */
export function drawSeedsBand(
  plot: Plot,
  context: CanvasRenderingContext2D,
  band: readonly BandPoint[],
  axis: ValueAxis,
  colour: string,
): void {
  const edge = (read: (point: BandPoint) => number): { x: number; y: number }[] =>
    band.map((point) => ({ x: plot.x(point.x), y: plot.y(positionOn(axis, read(point))) }));
  const [high, low] = [edge((point) => point.high), edge((point) => point.low)];
  fillBetween(context, high, low, withAlpha(colour, 0.16));
  for (const line of [high, low]) tracePath(context, line, withAlpha(colour, 0.35), [], 1);
}

/** The colour of one of the runs that are drawn. */
export function runColour(runs: readonly ShownRun[], index: number, theme: Theme): string {
  return runs.length === 1 ? theme.foreground : (theme.runs[index % theme.runs.length] ?? theme.foreground);
}

/** What the marks mean. `marked` are the marks of the selected run's points. */
export function byLayerLegend(
  runs: readonly ShownRun[],
  step: string,
  isPredicted: boolean,
  marked: readonly Mark[],
  theme: Theme,
): LegendEntry[] {
  const isOne = runs.length === 1;
  const measured = runs.map(({ header }, index): LegendEntry => ({
    mark: 'line',
    colour: runColour(runs, index, theme),
    dash: dashes[index % dashes.length] ?? [],
    text: isOne ? step : runLabel(header),
  }));
  const entry = (mark: LegendEntry['mark'], colour: string, text: string): LegendEntry => ({
    mark,
    colour,
    dash: mark === 'line' ? [2, 3] : [],
    text,
  });
  return [
    ...measured,
    ...(isOne ? [entry('line', theme.muted, 'at the first step')] : []),
    ...(isPredicted ? [entry('band', theme.accent, 'predicted, 10–90 %')] : []),
    ...runs.flatMap((run, index) =>
      run.seeds.length === 0 ? [] : [entry('range', runColour(runs, index, theme), seedsLabel(run))],
    ),
    ...(marked.includes('below') ? [entry('below', theme.warning, 'below the threshold')] : []),
    ...(marked.includes('above') ? [entry('above', theme.warning, 'above the limit')] : []),
  ];
}
