/** A quantity over depth at some stretch of a run: what the rules call "the norms at the start" or "the errors at the end". */
import type { RecordedQuantity, Recording } from '../engine/recording.ts';
import { metricOf, quantitiesPerLayer, quantityOffset, type MetricId } from './metrics.ts';
import { fitLine, median, type Line } from './regression.ts';

/** A quantity of every layer from input to output, and its trend over depth. */
export interface Profile {
  /** Median over the window's rows, one number a layer; NaN where a layer has none. */
  readonly values: readonly number[];
  /** Line through log10 of the positive values: positive slopes shrink towards the input. Decades per layer. */
  readonly line: Line;
  readonly first: number;
  readonly last: number;
  readonly smallest: number;
  readonly largest: number;
}

/** Rows `from` … `to` (without `to`) of a recording. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The row that shows the state at initialisation: the first one. After a few steps of a fast optimizer it is another network. */
export const initialWindow: Window = { from: 0, to: 1 };

/** The rows that show the state at the end: the last fifth. */
export function finalWindow(recording: Recording): Window {
  const rows = recording.rows.steps.length;
  return { from: Math.min(rows - 1, Math.floor(rows * 0.8)), to: rows };
}

/** Medians of a metric over a window, layer by layer. */
export function profileOf(recording: Recording, id: MetricId, window: Window): Profile {
  const metric = metricOf(id);
  const { values } = recording.rows;
  const stride = recording.layers.length * quantitiesPerLayer;
  const medians = recording.layers.map((layer, index) => {
    const seen: number[] = [];
    for (let row = window.from; row < window.to; row += 1) {
      const value = metric.read(values, row * stride + index * quantitiesPerLayer, layer.parameters);
      // Rows after a divergence say nothing about the layers before it.
      if (Number.isFinite(value)) seen.push(value);
    }
    return median(seen);
  });
  return describe(medians);
}

/** A profile from one number a layer. */
export function describe(values: readonly number[]): Profile {
  const known = values.filter((value) => !Number.isNaN(value));
  return {
    values,
    line: fitLine(values.map((value) => (value > 0 ? Math.log10(value) : Number.NaN))),
    first: known[0] ?? NaN,
    last: known.at(-1) ?? NaN,
    smallest: Math.min(...known),
    largest: Math.max(...known),
  };
}

/** One stored quantity at one row of the recording. */
export function quantityAt(
  recording: Recording,
  row: number,
  layer: number,
  quantity: RecordedQuantity,
): number {
  const offset = (row * recording.layers.length + layer) * quantitiesPerLayer;
  return recording.rows.values[offset + quantityOffset[quantity]] ?? NaN;
}
