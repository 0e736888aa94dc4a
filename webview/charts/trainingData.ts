/** The lines of the chart over training: one a layer, thinned to what the pixels can show. */
import type { Metric } from '../../src/analysis/metrics.ts';
import type { ShownRun } from '../state/state.ts';
import { bandOverSteps, seedsLabel, type BandPoint } from './seedBands.ts';
import { metricSeries, type LayerSeries } from './series.ts';
import { evenlyChosen, medianLine, thinLine, type LinePoint } from './thin.ts';
import { positionOn, valueAt, type ValueAxis } from './valueAxis.ts';

/** Lines that can still be told from each other. */
export const mostLines = 40;

export interface LayerLine {
  readonly layer: number;
  /** Medians over stretches of steps. */
  readonly medians: readonly LinePoint[];
  /** Every step, as far as pixels can show it. */
  readonly points: readonly LinePoint[];
  /** Over the seeds, in units of the axis; none where there is one seed. */
  readonly band: readonly BandPoint[];
}

export interface LineChoice {
  readonly lines: readonly LayerLine[];
  /** Layers that have the metric; more than `lines` where lines were left out. */
  readonly layers: number;
}

/** A run's lines, at most `mostLines`; `points` with at most two for each of `columns` columns between two steps. */
export function layerLines(
  run: ShownRun,
  metric: Metric,
  axis: ValueAxis,
  columns: number,
  steps: { readonly from: number; readonly to: number },
): LineChoice {
  const series = metricSeries(run, metric);
  const chosen = evenlyChosen(series.length, mostLines);
  const lines = chosen.flatMap((index): LayerLine[] => {
    const one = series[index];
    return one === undefined ? [] : [lineOf(run, metric, one, axis, columns, steps)];
  });
  return { lines, layers: series.length };
}

/** The line of one layer, also of one that `layerLines` left out; undefined where it has not the metric. */
export function layerLine(
  run: ShownRun,
  layer: number,
  metric: Metric,
  axis: ValueAxis,
  columns: number,
  steps: { readonly from: number; readonly to: number },
): LayerLine | undefined {
  const one = metricSeries(run, metric).find((series) => series.layer === layer);
  return one && lineOf(run, metric, one, axis, columns, steps);
}

function lineOf(
  run: ShownRun,
  metric: Metric,
  { layer, values }: LayerSeries,
  axis: ValueAxis,
  columns: number,
  { from, to }: { readonly from: number; readonly to: number },
): LayerLine {
  const { steps } = run.recording.rows;
  const place = (value: number): number => positionOn(axis, value);
  const medians = medianLine(steps, values, place);
  return {
    layer,
    medians,
    band: bandOverSteps(run, layer, metric, medians, place),
    points: thinLine(steps, values, place, columns, from, to),
  };
}

/** The layer whose value in a row lies nearest to a place on the axis, within `reach` axis units. */
export function nearestLayer(
  run: ShownRun,
  row: number,
  metric: Metric,
  axis: ValueAxis,
  position: number,
  reach: number,
): number | undefined {
  let nearest: number | undefined;
  let least = reach;
  for (const { layer, values } of metricSeries(run, metric)) {
    const distance = Math.abs(positionOn(axis, values[row] ?? Number.NaN) - position);
    if (distance <= least) {
      least = distance;
      nearest = layer;
    }
  }
  return nearest;
}

/** Heights for labels beside lines: as near as possible to where they belong, `gap` pixels apart; what finds no place is left out. */
export function placeLabels<Label extends { readonly y: number }>(
  wanted: readonly Label[],
  gap: number,
): Label[] {
  const placed: Label[] = [];
  // The ends of the network first: they say what the others lie between.
  const order = [wanted.at(-1), wanted[0], ...wanted.slice(1, -1)].filter(
    (label): label is Label => label !== undefined,
  );
  for (const label of new Set(order)) {
    if (placed.every(({ y }) => Math.abs(y - label.y) >= gap)) placed.push(label);
  }
  return placed;
}

/** In words for those who do not see the chart; of bands, where the first layer's ends. */
export function describeTraining(run: ShownRun, metric: Metric, axis: ValueAxis, shown: LineChoice): string {
  const { steps } = run.recording.rows;
  const series = metricSeries(run, metric);
  const ends = [series[0], series.at(-1)].flatMap((one) => {
    const name = one && run.header.layers[one.layer]?.name;
    if (one === undefined || name === undefined) return [];
    return [
      `${name} from ${metric.format(one.values[0] ?? NaN)} to ${metric.format(one.values.at(-1) ?? NaN)}`,
    ];
  });
  const thinned =
    shown.lines.length < shown.layers ? `, ${shown.lines.length} of ${shown.layers} lines drawn` : '';
  return `${metric.name} of ${shown.layers} layers over steps ${steps[0] ?? 0} to ${steps.at(-1) ?? 0} of ${run.header.network}: ${ends.join('; ')}${thinned}${overSeeds(run, metric, axis, shown)}`;
}

function overSeeds(run: ShownRun, metric: Metric, axis: ValueAxis, { lines }: LineChoice): string {
  const [first] = lines;
  const end = first?.band.at(-1);
  const name = first && run.header.layers[first.layer]?.name;
  if (end === undefined || name === undefined) return '';
  const [low, high] = [end.low, end.high].map((place) => metric.format(valueAt(axis, place)));
  return `; over ${seedsLabel(run)}: ${name} ends between ${low} and ${high}`;
}
