/** Two logs of what should be the same run: how far apart they are, metric by metric and layer by layer. */
import type { RecordedLayer, RecordedRows } from '../engine/recording.ts';
import { metrics, quantitiesPerLayer, type Metric, type MetricId } from './metrics.ts';

/** As much of a log as is compared. */
export interface ComparedLog {
  readonly layers: readonly RecordedLayer[];
  readonly rows: RecordedRows;
}

/** Largest relative difference |a − b| / max(|a|, |b|), between 0 and 2, and the first step that has it; infinite where only one is a number. */
export interface Difference {
  readonly difference: number;
  readonly step: number;
}

export interface LayerComparison {
  readonly name: string;
  /** Of the metrics that both logs have. */
  readonly metrics: Partial<Record<MetricId, Difference>>;
}

export interface LogComparison {
  /** Number of steps that both logs have. */
  readonly steps: number;
  readonly loss: Difference | undefined;
  /** Layers that both logs have, in the order of the first. */
  readonly layers: readonly LayerComparison[];
  readonly onlyInFirst: readonly string[];
  readonly onlyInSecond: readonly string[];
  /** The largest of all differences; 0 where nothing could be compared. */
  readonly largest: number;
}

/** Compares what both logs have: layers by name, rows by step. */
export function compareLogs(a: ComparedLog, b: ComparedLog): LogComparison {
  const pairs = sharedSteps(a.rows.steps, b.rows.steps);
  const differ = (
    read: (log: ComparedLog, row: number, first: boolean) => number,
  ): Difference | undefined => {
    let worst: Difference | undefined;
    for (const [rowA, rowB] of pairs) {
      const [x, y] = [read(a, rowA, true), read(b, rowB, false)];
      if (Number.isNaN(x) && Number.isNaN(y)) continue;
      const difference = relativeDifference(x, y);
      if (worst === undefined || difference > worst.difference)
        worst = { difference, step: a.rows.steps[rowA] ?? NaN };
    }
    return worst;
  };
  const compared = metrics.filter((metric) => hasMetric(a, metric) && hasMetric(b, metric));
  const places = new Map(b.layers.map(({ name }, index) => [name, index]));
  const layers = a.layers.flatMap((layer, indexA) => {
    const indexB = places.get(layer.name);
    if (indexB === undefined) return [];
    const differences = compared.flatMap((metric): [MetricId, Difference][] => {
      const found = differ((log, row, first) => valueOf(log, metric, row, first ? indexA : indexB));
      return found === undefined ? [] : [[metric.id, found]];
    });
    return [{ name: layer.name, metrics: Object.fromEntries(differences) }];
  });
  const loss = differ((log, row) => log.rows.loss[row] ?? NaN);
  const all = [loss, ...layers.flatMap((layer) => Object.values(layer.metrics))];
  return {
    steps: pairs.length,
    loss,
    layers,
    onlyInFirst: missingNames(a, b),
    onlyInSecond: missingNames(b, a),
    largest: all.reduce((largest, found) => Math.max(largest, found?.difference ?? 0), 0),
  };
}

/** Names of layers that `log` has and `other` has not. */
function missingNames(log: ComparedLog, other: ComparedLog): string[] {
  const known = new Set(other.layers.map(({ name }) => name));
  return log.layers.flatMap(({ name }) => (known.has(name) ? [] : [name]));
}

/** Rows of both logs that are of the same step. */
function sharedSteps(a: Float64Array, b: Float64Array): [rowA: number, rowB: number][] {
  const rowsOfB = new Map(Array.from(b, (step, row) => [step, row]));
  return Array.from(a, (step, row): [number, number | undefined] => [row, rowsOfB.get(step)]).filter(
    (pair): pair is [number, number] => pair[1] !== undefined,
  );
}

/** Whether a log has a number for this metric anywhere; every log has norms, be they all of them infinite. */
function hasMetric(log: ComparedLog, metric: Metric): boolean {
  return (
    metric.id === 'norm' ||
    log.layers.some((_, layer) =>
      log.rows.steps.some((_step, row) => !Number.isNaN(valueOf(log, metric, row, layer))),
    )
  );
}

function valueOf({ layers, rows }: ComparedLog, metric: Metric, row: number, layer: number): number {
  const offset = (row * layers.length + layer) * quantitiesPerLayer;
  return metric.read(rows.values, offset, layers[layer]?.parameters ?? NaN);
}

function relativeDifference(a: number, b: number): number {
  if (a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isNaN(difference) ? Infinity : difference;
}
