/** A metric of a run as one list of numbers per layer, computed once for each state of the run. */
import type { Metric, MetricId } from '../../src/analysis/metrics.ts';
import { quantitiesPerLayer } from '../../src/analysis/metrics.ts';
import type { ShownRun } from '../state/state.ts';

export interface LayerSeries {
  /** Position of the layer in the run. */
  readonly layer: number;
  /** One value a recorded row. */
  readonly values: Float64Array;
}

const known = new WeakMap<ShownRun, Map<MetricId, readonly LayerSeries[]>>();

/** The layers that have the metric, from input to output, with its value in every row. */
export function metricSeries(run: ShownRun, metric: Metric): readonly LayerSeries[] {
  const ofRun = known.get(run) ?? new Map<MetricId, readonly LayerSeries[]>();
  known.set(run, ofRun);
  const found = ofRun.get(metric.id);
  if (found !== undefined) return found;
  const computed = compute(run, metric);
  ofRun.set(metric.id, computed);
  return computed;
}

function compute({ header, recording }: ShownRun, metric: Metric): LayerSeries[] {
  const { layers } = header;
  const { steps, values } = recording.rows;
  const all = layers.map(({ parameters }, layer) => {
    const ofLayer = new Float64Array(steps.length);
    for (let row = 0; row < steps.length; row += 1) {
      ofLayer[row] = metric.read(values, (row * layers.length + layer) * quantitiesPerLayer, parameters);
    }
    return { layer, values: ofLayer };
  });
  return all.filter(({ values: ofLayer }) => isDefined(metric.id, ofLayer));
}

/** Every layer has a gradient, and NaN in it is a number gone wrong. Of other metrics NaN throughout says that a layer has none. */
export function isDefined(metric: MetricId, values: ArrayLike<number>): boolean {
  if (metric === 'norm' || metric === 'rms') return true;
  for (let index = 0; index < values.length; index += 1) if (!Number.isNaN(values[index])) return true;
  return false;
}
