/** First, last, smallest and largest value of a metric over every step of a run. */
import type { MinimumMaximum, Recording } from '../engine/recording.ts';
import type { MetricId } from './metrics.ts';

/** Exact also where the recording keeps only some of the rows; NaN where the layer has no such number. */
export function metricExtremes(recording: Recording, layer: number, metric: MetricId): MinimumMaximum {
  if (metric !== 'rms') return recording.extremes(layer, metric);
  const { first, last, min, max } = recording.extremes(layer, 'norm');
  const scale = 1 / Math.sqrt(recording.layers[layer]?.parameters ?? Number.NaN);
  return { first: first * scale, last: last * scale, min: min * scale, max: max * scale };
}
