/** The points of the chart by layer: what was measured at a step, at the first step, and what was predicted. */
import type { Metric } from '../../src/analysis/metrics.ts';
import type { PredictedLayer } from '../../src/analysis/prediction.ts';
import type { RecordedLayer } from '../../src/engine/recording.ts';
import { chosenRow, hasRows } from '../state/selectors.ts';
import type { ShownRun, ViewState } from '../state/state.ts';
import { metricSeries } from './series.ts';

/** A layer's place from input (0) to output, and its value. */
export interface LayerPoint {
  readonly layer: number;
  readonly value: number;
}

/** A metric of every layer that has it, in one row of a run. */
export function pointsAt(run: ShownRun, row: number, metric: Metric): LayerPoint[] {
  return metricSeries(run, metric).map(({ layer, values }) => ({ layer, value: values[row] ?? Number.NaN }));
}

/** The points of a run at the chosen step; none without rows. */
export function chosenPoints(state: ViewState, run: ShownRun, metric: Metric): LayerPoint[] {
  return hasRows(run) ? pointsAt(run, chosenRow(state, run), metric) : [];
}

/** What was predicted of a layer: median and the band that holds 80 % of initialisations. */
export interface PredictedPoint {
  readonly layer: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The prediction in terms of a metric; empty where there is none for it. */
export function predictedPoints(
  layers: readonly RecordedLayer[],
  prediction: readonly PredictedLayer[] | undefined,
  metric: Metric,
): PredictedPoint[] {
  return (prediction ?? []).flatMap(({ name, norm, p10, p90 }) => {
    const layer = layers.findIndex((candidate) => candidate.name === name);
    const parameters = layers[layer]?.parameters;
    if (parameters === undefined) return [];
    const unit = metric.id === 'norm' ? 1 : metric.id === 'rms' ? Math.sqrt(parameters) : undefined;
    if (unit === undefined) return [];
    // What is not finite does not survive the channel.
    const read = (value: number | null): number => (value ?? Number.NaN) / unit;
    return [{ layer, median: read(norm), low: read(p10), high: read(p90) }];
  });
}

/** In words for those who do not see the chart. */
export function describeByLayer(
  layers: readonly RecordedLayer[],
  points: readonly LayerPoint[],
  metric: Metric,
  step: number | undefined,
  threshold: number | undefined,
  overSeeds = '',
): string {
  const finite = points.filter(({ value }) => Number.isFinite(value));
  const [smallest, largest] = [Math.min, Math.max].map((pick) => {
    const value = pick(...finite.map((point) => point.value));
    return finite.find((point) => point.value === value);
  });
  const say = (point: LayerPoint | undefined): string =>
    point === undefined ? 'none' : `${layers[point.layer]?.name ?? ''} ${metric.format(point.value)}`;
  const below =
    threshold === undefined
      ? ''
      : `, ${points.filter(({ value }) => value < threshold).length} of ${points.length} below the threshold`;
  return `${metric.name} by layer at step ${step ?? 'none'}: smallest ${say(smallest)}, largest ${say(largest)}${below}${overSeeds}`;
}
