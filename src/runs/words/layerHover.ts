/** The hover on a measured layer: its numbers in a table, its norm as a curve, and why in one sentence. Markdown. */
import { explainLayer, explanations } from '../../analysis/explain.ts';
import { metricOf, type MetricId } from '../../analysis/metrics.ts';
import { formatCount, formatNumber, formatSetting } from '../../analysis/numbers.ts';
import type { PredictedLayer } from '../../analysis/prediction.ts';
import { sparkline } from '../../analysis/sparkline.ts';
import type { Recording } from '../../engine/recording.ts';
import type { Layer } from '../../language/network.ts';
import type { Session } from '../session.ts';
import type { JudgedLayer } from './layerWords.ts';
import { extremes, series } from '../measured.ts';

const tableMetrics: readonly MetricId[] = [
  'norm',
  'rms',
  'relative',
  'speed',
  'error',
  'saturation',
  'deadShare',
];
const sparklineWidth = 40;
const shortSparklineWidth = 16;
/** Rows of a `repeat`'s table; the view has them all. */
const mostRows = 24;

/** The hover on a line that made one layer, or several under a `repeat`. */
export function layerHover(session: Session, layers: readonly JudgedLayer[]): string {
  const { recording } = session;
  const [first] = layers;
  if (recording === undefined || first === undefined) throw new Error('A hover without a measured layer');
  const parts =
    layers.length === 1 ? [oneLayer(session, recording, first)] : [severalLayers(session, recording, layers)];
  return [...parts, because(session, layers), cause(recording, layers), state(session)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The hover on a layer before any run: what it is, and what is predicted. */
export function unmeasuredHover(
  layers: readonly Layer[],
  predicted: readonly PredictedLayer[] | undefined,
): string {
  const [first] = layers;
  if (first === undefined) throw new Error('A hover without a layer');
  const lines = [heading(first, layers.length)];
  const known = layers.flatMap((layer) => predicted?.find(({ name }) => name === layer.name) ?? []);
  const [only] = known;
  if (only !== undefined && known.length === 1) lines.push(`${predictionWords(only)}, not measured yet`);
  if (known.length > 1) {
    const rows = known
      .slice(0, mostRows)
      .map(
        ({ name, norm, p10, p90 }) =>
          `| ${code(name)} | ${formatNumber(norm)} | ${formatNumber(p10)} – ${formatNumber(p90)} |`,
      );
    lines.push(
      ['| predicted, not measured yet | gradient norm | 10–90 % |', '| --- | ---: | ---: |', ...rows].join(
        '\n',
      ) + more(known.length),
    );
  }
  return lines.join('\n\n');
}

function oneLayer(session: Session, recording: Recording, { layer, index }: JudgedLayer): string {
  const described = session.network.layers.find(({ name }) => name === layer.name);
  const rows = tableMetrics.flatMap((id) => {
    const { first, last, min } = extremes(recording, index, id);
    if ([first, last, min].every(Number.isNaN)) return [];
    const metric = metricOf(id);
    const label = metric.symbol === '' ? metric.name : `${metric.name} ${metric.symbol}`;
    return [`| ${label} | ${metric.format(first)} | ${metric.format(last)} | ${metric.format(min)} |`];
  });
  const predicted = session.request.prediction?.find(({ name }) => name === layer.name);
  return [
    described === undefined ? `**${code(layer.name)}** · ${layer.kind}` : heading(described, 1),
    ['| | first | last | smallest |', '| :--- | ---: | ---: | ---: |', ...rows].join('\n'),
    ...(predicted === undefined ? [] : [predictionWords(predicted)]),
    curve(recording, index),
  ].join('\n\n');
}

function severalLayers(session: Session, recording: Recording, layers: readonly JudgedLayer[]): string {
  const [first] = layers as [JudgedLayer];
  const described = session.network.layers.find(({ name }) => name === first.layer.name);
  const rows = layers.slice(0, mostRows).map(({ layer, index, wrong }) => {
    const norm = extremes(recording, index, 'norm');
    const speed = extremes(recording, index, 'speed');
    const name = wrong ? `$(warning) ${code(layer.name)}` : code(layer.name);
    const trend = sparkline(series(recording, index, 'norm'), shortSparklineWidth);
    return `| ${name} | ${formatNumber(norm.first)} | ${formatNumber(norm.last)} | ${formatNumber(norm.min)} | ${formatNumber(speed.last)} | ${code(trend)} |`;
  });
  const table = [
    '| gradient norm | first | last | smallest | speed | over the run |',
    '| :--- | ---: | ---: | ---: | ---: | :--- |',
    ...rows,
  ].join('\n');
  const title = described === undefined ? `**${layers.length} layers**` : heading(described, layers.length);
  return `${title}\n\n${table}${more(layers.length)}`;
}

function heading({ name, kind, repeat, inputShape, outputShape, parameters }: Layer, count: number): string {
  const label = count === 1 ? name : `${name.replace(/\[\d+\].*$/, '')} × ${repeat?.count ?? count}`;
  const each = count === 1 ? '' : ' each';
  return [
    `**${code(label)}**`,
    kind,
    `${shape(inputShape)} → ${shape(outputShape)}`,
    `${formatCount(parameters)} parameters${each}`,
  ].join(' · ');
}

function curve(recording: Recording, index: number): string {
  const norms = series(recording, index, 'norm');
  const steps = recording.rows.steps;
  return `${code(sparkline(norms, sparklineWidth))} gradient norm, steps ${formatCount(steps[0] ?? 0)} to ${formatCount(steps.at(-1) ?? 0)}`;
}

/** One sentence: the first finding that names the layers, or how they stand to the threshold. */
function because(session: Session, layers: readonly JudgedLayer[]): string {
  const findings = layers.flatMap((layer) => layer.findings);
  const [finding] = findings;
  if (finding !== undefined) return `$(warning) ${escape(finding.message)}`;
  if (session.verdict === undefined) return '';
  const { metric, threshold } = session.thresholds;
  const below = layers.some(({ status }) => status.state === 'below');
  const name = metricOf(metric).name;
  const { kind, message } = session.verdict;
  return below
    ? `Its ${name} ended below ${formatSetting(threshold)}. The network is ${explanations[kind].title}: ${escape(message)}`
    : `Its ${name} stayed healthy: ${formatSetting(threshold)} is the threshold.`;
}

/** Where the signal is lost on its way back to the first of these layers, in numbers. */
function cause(recording: Recording, [first]: readonly JudgedLayer[]): string {
  const sentence = first === undefined ? undefined : explainLayer(recording, first.index);
  return sentence === undefined ? '' : escape(sentence);
}

function state(session: Session): string {
  if (session.state === 'running') return '*Training is still going on.*';
  return session.stale ? '*Measured before the edit.*' : '';
}

function predictionWords({ norm, p10, p90, wide }: PredictedLayer): string {
  const band = `10–90 %: ${formatNumber(p10)} – ${formatNumber(p90)}`;
  return `predicted ${formatNumber(norm)} at initialisation (${band}${wide ? ', initialisations differ by decades' : ''})`;
}

function more(count: number): string {
  return count > mostRows ? `\n\n… and ${formatCount(count - mostRows)} more, in the gradient view` : '';
}

function shape(sizes: readonly number[]): string {
  return sizes.join(' x ');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Markdown's own characters in a message that is meant as text. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$]/g, '\\$&');
}
