/**
 * Layer by layer: is it below (or above) what the thresholds allow at the end of its run, and since when. Read from medians,
 * as the rules read it: the gradient of one mini-batch is noisy, and its last value may lie on either side.
 */
import type { RecordedLayer, Recording } from '../engine/recording.ts';
import { metricOf, quantitiesPerLayer } from './metrics.ts';
import { finalWindow } from './profile.ts';
import { median } from './regression.ts';
import type { Thresholds } from './verdict.ts';

/** A layer at the end of its run, against the thresholds. */
export interface LayerStatus {
  readonly layer: RecordedLayer;
  /** Median of the thresholds' metric over the last fifth of the recorded rows: the number that the verdict speaks of. */
  readonly value: number;
  readonly state: 'below' | 'above' | 'not finite' | 'within';
  /** First step of the unbroken stretch up to the end in which it was in this state, to a twentieth of the run. */
  readonly since: number;
}

/** So many stretches of a run are told apart when one looks for the beginning of a state. */
const stretches = 20;

/** Status of every recorded layer of a recording with at least one row. */
export function layerStatuses(recording: Recording, thresholds: Thresholds): LayerStatus[] {
  const { steps, values } = recording.rows;
  const metric = metricOf(thresholds.metric);
  const stride = recording.layers.length * quantitiesPerLayer;
  const end = finalWindow(recording);
  const stretch = Math.max(1, Math.floor(steps.length / stretches));
  return recording.layers.map((layer, position) => {
    const read = (row: number): number =>
      metric.read(values, row * stride + position * quantitiesPerLayer, layer.parameters);
    const between = (from: number, to: number): number =>
      medianOf(Array.from({ length: to - from }, (_, index) => read(from + index)));
    const value = between(end.from, end.to);
    const state = stateOf(value, thresholds);
    let row = end.from;
    while (row > 0 && stateOf(between(Math.max(0, row - stretch), row), thresholds) === state)
      row = Math.max(0, row - stretch);
    return { layer, value, state, since: steps[row] ?? 0 };
  });
}

/** The median; not finite where the last value is not, since nothing after a divergence counts. */
function medianOf(values: readonly number[]): number {
  const last = values.at(-1) ?? Number.NaN;
  return Number.isFinite(last) ? median(values.filter(Number.isFinite)) : last;
}

function stateOf(value: number, thresholds: Thresholds): LayerStatus['state'] {
  if (!Number.isFinite(value)) return 'not finite';
  return value < thresholds.threshold ? 'below' : value > thresholds.explode ? 'above' : 'within';
}
