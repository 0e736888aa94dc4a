/** What a recording says of one layer, in the form that lenses and hovers need. */
import { metricOf, quantitiesPerLayer, type MetricId } from '../analysis/metrics.ts';
import type { MinimumMaximum, RecordedQuantity, Recording } from '../engine/recording.ts';
import { recordedQuantities } from '../engine/recording.ts';

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

/** First, last, smallest and largest value of a metric: over every step where the recorder keeps that, otherwise over the kept ones. */
export function extremes(recording: Recording, layer: number, metric: MetricId): MinimumMaximum {
  if (isRecorded(metric)) return recording.extremes(layer, metric);
  const values = series(recording, layer, metric);
  const finite = values.filter(Number.isFinite);
  return {
    first: values.at(0) ?? Number.NaN,
    last: values.at(-1) ?? Number.NaN,
    min: finite.length === 0 ? Number.NaN : finite.reduce((least, value) => Math.min(least, value)),
    max: finite.length === 0 ? Number.NaN : finite.reduce((most, value) => Math.max(most, value)),
  };
}

function isRecorded(metric: MetricId): metric is MetricId & RecordedQuantity {
  return (recordedQuantities as readonly string[]).includes(metric);
}
