/** What a recording says of one layer, in the form that lenses and hovers need. */
import { bandOf, type Band } from '../analysis/bands.ts';
import { metricExtremes } from '../analysis/extremes.ts';
import { metricOf, quantitiesPerLayer, type MetricId } from '../analysis/metrics.ts';
import type { Recording } from '../engine/recording.ts';

/** A metric of one layer at every kept step, in their order. */
export function series(recording: Recording, layer: number, metric: MetricId): Float64Array {
  const { steps, values } = recording.rows;
  const stride = recording.layers.length * quantitiesPerLayer;
  const parameters = recording.layers[layer]?.parameters ?? Number.NaN;
  const definition = metricOf(metric);
  return Float64Array.from(steps, (_, row) =>
    definition.read(values, row * stride + layer * quantitiesPerLayer, parameters),
  );
}

/** A metric of one layer at the last step of each run, over runs that differ in their seed; undefined where fewer than two have it. */
export function lastOverSeeds(
  recordings: readonly Recording[],
  layer: number,
  metric: MetricId,
): Band | undefined {
  return bandOf(recordings.map((recording) => metricExtremes(recording, layer, metric).last));
}
