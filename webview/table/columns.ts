/** The columns of the table for what is shown: which there are, and how each reads a layer. */
import { metricExtremes } from '../../src/analysis/extremes.ts';
import { metricOf, type Metric, type MetricId } from '../../src/analysis/metrics.ts';
import { formatCount } from '../../src/analysis/numbers.ts';
import type { MinimumMaximum } from '../../src/engine/recording.ts';
import { predictedPoints } from '../charts/byLayerData.ts';
import { metricSeries, type LayerSeries } from '../charts/series.ts';
import type { ColumnId, ShownRun } from '../state/state.ts';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** What it is in full. */
  readonly meaning: string;
  /** The layer's value; text for its name; undefined where it has none. */
  read(layer: number): number | string | undefined;
  format(value: number): string;
}

/** Shown at the chosen step beside the chosen metric, as far as the run has them. */
const besides: readonly MetricId[] = [
  'norm',
  'rms',
  'relative',
  'speed',
  'error',
  'saturation',
  'deadShare',
  'zeroShare',
];

/** The columns of a run at one of its rows. */
export function columnsOf(run: ShownRun, row: number, metric: Metric): Column[] {
  return [
    nameColumn(run),
    ...overTheRun(run, row, metric),
    ...predictedColumn(run, metric),
    ...besides.filter((id) => id !== metric.id).flatMap((id) => metricColumn(run, row, metricOf(id))),
    ...layerColumns(run),
  ];
}

function nameColumn({ header: { layers } }: ShownRun): Column {
  return {
    id: 'name',
    title: 'layer',
    meaning: 'from input to output',
    read: (layer) => layers[layer]?.name,
    format: String,
  };
}

function layerColumns({ header: { layers } }: ShownRun): Column[] {
  return [
    {
      id: 'kind',
      title: 'kind',
      meaning: 'kind of layer and its activation',
      read: (layer) => kindOf(layers[layer]),
      format: String,
    },
    {
      id: 'parameters',
      title: 'parameters',
      meaning: 'weights and biases',
      read: (layer) => layers[layer]?.parameters,
      format: formatCount,
    },
  ];
}

function overTheRun(run: ShownRun, row: number, metric: Metric): Column[] {
  const series = byLayer(run, metric);
  const column = (id: ColumnId, title: string, meaning: string, read: Column['read']): Column => ({
    id,
    title,
    meaning: `${metric.name} ${meaning}`,
    read,
    format: (value) => metric.format(value),
  });
  const extremes = (layer: number): MinimumMaximum | undefined =>
    series.has(layer) ? metricExtremes(run.recording, layer, metric.id) : undefined;
  return [
    column('now', 'at step', 'at the chosen step', (layer) => series.get(layer)?.[row]),
    column('first', 'first', 'at the first step', (layer) => series.get(layer)?.[0]),
    column('last', 'last', 'at the last step', (layer) => series.get(layer)?.at(-1)),
    column('min', 'smallest', 'smallest over every recorded step', (layer) => extremes(layer)?.min),
    column('max', 'largest', 'largest over every recorded step', (layer) => extremes(layer)?.max),
  ];
}

function predictedColumn(run: ShownRun, metric: Metric): Column[] {
  const points = predictedPoints(run.header.layers, run.header.prediction, metric);
  if (points.length === 0) return [];
  const medians = new Map(points.map(({ layer, median }) => [layer, median]));
  return [
    {
      id: 'predicted',
      title: 'predicted',
      meaning: `${metric.name} at initialisation, predicted median`,
      read: (layer) => medians.get(layer),
      format: (value) => metric.format(value),
    },
  ];
}

function byLayer(run: ShownRun, metric: Metric): ReadonlyMap<number, LayerSeries['values']> {
  return new Map(metricSeries(run, metric).map(({ layer, values }) => [layer, values]));
}

function metricColumn(run: ShownRun, row: number, metric: Metric): Column[] {
  const series = byLayer(run, metric);
  if (series.size === 0) return [];
  const { id, name, meaning } = metric;
  const read: Column['read'] = (layer) => series.get(layer)?.[row];
  return [
    {
      id,
      title: name,
      meaning: `At the chosen step: ${meaning}`,
      read,
      format: (value) => metric.format(value),
    },
  ];
}

function kindOf(layer: ShownRun['header']['layers'][number] | undefined): string {
  if (layer === undefined) return '';
  return layer.activation === undefined ? layer.kind : `${layer.kind} ${layer.activation}`;
}
