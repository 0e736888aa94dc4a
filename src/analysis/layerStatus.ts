/** Layer by layer: is it below (or above) what the thresholds allow at the end of its run, and since when. */
import type { RecordedLayer, Recording } from '../engine/recording.ts';
import { metricOf, quantitiesPerLayer } from './metrics.ts';
import type { Thresholds } from './verdict.ts';

/** A layer at the end of its run, against the thresholds. */
export interface LayerStatus {
  readonly layer: RecordedLayer;
  /** Last value of the thresholds' metric. */
  readonly value: number;
  readonly state: 'below' | 'above' | 'not finite' | 'within';
  /** First step of the unbroken stretch up to the end in which it was in this state. */
  readonly since: number;
}

/** Status of every recorded layer of a recording with at least one row. */
export function layerStatuses(recording: Recording, thresholds: Thresholds): LayerStatus[] {
  const { steps, values } = recording.rows;
  const metric = metricOf(thresholds.metric);
  const stride = recording.layers.length * quantitiesPerLayer;
  return recording.layers.map((layer, position) => {
    const read = (row: number): number =>
      metric.read(values, row * stride + position * quantitiesPerLayer, layer.parameters);
    const last = steps.length - 1;
    const state = stateOf(read(last), thresholds);
    let row = last;
    while (row > 0 && stateOf(read(row - 1), thresholds) === state) row -= 1;
    return { layer, value: read(last), state, since: steps[row] ?? 0 };
  });
}

function stateOf(value: number, thresholds: Thresholds): LayerStatus['state'] {
  if (!Number.isFinite(value)) return 'not finite';
  return value < thresholds.threshold ? 'below' : value > thresholds.explode ? 'above' : 'within';
}
