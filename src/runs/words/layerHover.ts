/** The hover on a measured layer: its numbers in a table, its norm as a curve, and why in one sentence. Markdown. */
import { bandName } from '../../analysis/bands.ts';
import { metricExtremes } from '../../analysis/extremes.ts';
import { explainLayer } from '../../analysis/explain.ts';
import { metricOf, type Metric, type MetricId } from '../../analysis/metrics.ts';
import { formatCount, formatNumber, formatSetting } from '../../analysis/numbers.ts';
import { verdictEvidence, verdictTitle } from '../../analysis/overSeeds.ts';
import { precisionSentence } from '../../analysis/precisionSentence.ts';
import type { PredictedLayer } from '../../analysis/prediction.ts';
import { sparkline } from '../../analysis/sparkline.ts';
import type { Recording } from '../../engine/recording.ts';
import type { Layer } from '../../language/network.ts';
import type { Session } from '../session.ts';
import type { JudgedLayer } from './layerWords.ts';
import { lastOverSeeds, series } from '../measured.ts';

const tableMetrics: readonly MetricId[] = [
  'norm',
  'rms',
  'relative',
  'speed',
  'error',
  'saturation',
  'deadShare',
];
/** Keeps the columns of a narrow table from touching, and its cells on one line. */
const apart = '&nbsp;&nbsp;';
/** Instead of a space within a cell that must not be broken into lines. */
const unbroken = '&nbsp;';
/** Behind the sign of an exponent: in a narrow hover VS Code would break `2.50e-7` there. */
const joined = '&NoBreak;';
/** A character, as text: a line may break beside an icon. */
const warningSign = '\u26a0\ufe0e';
const sparklineWidth = 40;
const shortSparklineWidth = 10;
/** Rows of a `repeat`'s table; the view has them all. */
const mostRows = 24;

/**
 * The hover on a line that made one layer, or several under a `repeat`. What matters most stands first, since a hover
 * shows some ten lines: what it is, what can be done (`links`), why, then the numbers.
 */
export function layerHover(session: Session, layers: readonly JudgedLayer[], links: string): string {
  const { recording } = session;
  const [first] = layers;
  if (recording === undefined || first === undefined) throw new Error('A hover without a measured layer');
  const described = layers.flatMap(
    ({ layer }) => session.network.layers.find(({ name }) => name === layer.name) ?? [],
  );
  const table =
    layers.length === 1 ? oneLayer(session, recording, first) : severalLayers(session, recording, layers);
  return [
    `${heading(described)}${state(session)}`,
    links,
    ...[because(session, layers), table, cause(recording, first)].map(joinNumbers),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The hover on a layer before any run: what it is, and what is predicted. */
export function unmeasuredHover(
  layers: readonly Layer[],
  predicted: readonly PredictedLayer[] | undefined,
  links: string,
  attribution?: string,
): string {
  const known = layers.flatMap((layer) => predicted?.find(({ name }) => name === layer.name) ?? []);
  const [only] = known;
  return [
    heading(layers),
    links,
    ...[
      ...(only !== undefined && known.length === 1 ? [`${predictionWords(only)}, not measured yet`] : []),
      ...(known.length > 1 ? [predictedTable(known)] : []),
      ...(attribution === undefined ? [] : [escape(attribution)]),
    ].map(joinNumbers),
  ].join('\n\n');
}

function predictedTable(layers: readonly PredictedLayer[]): string {
  const rows = layers
    .slice(0, mostRows)
    .map((layer) => `| ${code(layer.name)} | ${formatNumber(layer.norm)} | ${bandOf(layer)} |`);
  const head = ['| predicted, not measured yet | gradient norm | 10–90 % |', '| :--- | ---: | ---: |'];
  return [...head, ...rows].join('\n') + more(layers.length);
}

function oneLayer(session: Session, recording: Recording, { layer, index }: JudgedLayer): string {
  const seeds = seedsOf(session, recording);
  const rows = tableMetrics.flatMap((id) => {
    const { first, last, min } = metricExtremes(recording, index, id);
    if ([first, last, min].every(Number.isNaN)) return [];
    const metric = metricOf(id);
    const label = metric.symbol === '' ? metric.name : `${metric.name} ${metric.symbol}`;
    const cells = [...[first, last, min].map(metric.format), ...overSeeds(seeds, index, metric)];
    return [`| ${[label, ...cells.map(apartCell)].join(' | ')} |`];
  });
  const head = ['', ...['first', 'last', 'smallest', ...seedsTitle(seeds)].map(apartTitle)];
  const alignment = head.map((_, column) => (column === 0 ? ':---' : '---:'));
  const predicted = session.request.prediction?.find(({ name }) => name === layer.name);
  return [
    [...[head, alignment].map((cells) => `| ${cells.join(' | ')} |`), ...rows].join('\n'),
    curve(recording, index),
    ...seedsNote(seeds),
    ...precisionWords(recording, index),
    ...(predicted === undefined ? [] : [predictionWords(predicted)]),
  ].join('\n\n');
}

function severalLayers(session: Session, recording: Recording, layers: readonly JudgedLayer[]): string {
  const { prediction } = session.request;
  const seeds = seedsOf(session, recording);
  const cells = layers.slice(0, mostRows).map(({ layer, index, wrong }) => {
    const norm = metricExtremes(recording, index, 'norm');
    const predicted = prediction?.find(({ name }) => name === layer.name);
    return [
      wrong ? `${warningSign}${unbroken}${code(layer.name)}` : code(layer.name),
      ...(prediction === undefined ? [] : [formatNumber(predicted?.norm ?? Number.NaN)]),
      ...[norm.first, norm.last, norm.min, metricExtremes(recording, index, 'speed').last].map(formatNumber),
      ...overSeeds(seeds, index, metricOf('norm')),
      code(sparkline(series(recording, index, 'norm'), shortSparklineWidth)),
    ];
  });
  const predicted = prediction === undefined ? [] : ['predicted'];
  const head = [
    'gradient norm',
    ...predicted,
    'first',
    'last',
    'smallest',
    'speed',
    ...seedsTitle(seeds),
    'over the run',
  ];
  const alignment = head.map((_, column) => (column === 0 || column === head.length - 1 ? ':---' : '---:'));
  const apartBy = (by: (text: string) => string, [name, ...others]: readonly string[]): readonly string[] => [
    name ?? '',
    ...others.map(by),
  ];
  const rows = [apartBy(apartTitle, head), alignment, ...cells.map((row) => apartBy(apartCell, row))];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return [`${table}${more(layers.length)}`, ...seedsNote(seeds)].join('\n\n');
}

/** Name, kind, shapes and parameters; of several layers the name they share, from the first's input to the last's output. */
function heading(layers: readonly Layer[]): string {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first === undefined || last === undefined) throw new Error('A hover without a layer');
  const shared = first.name.replace(/\[\d+\].*$/, '');
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return [
    `**${code(layers.length === 1 ? first.name : `${shared} × ${first.repeat?.count ?? layers.length}`)}**`,
    [...new Set(layers.map(({ kind }) => kind))].join(', '),
    `${shape(first.inputShape)} → ${shape(last.outputShape)}`,
    `${formatCount(parameters)} parameters`,
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
  const { verdict, verdicts } = session;
  return below
    ? `Its ${name} ended below ${formatSetting(threshold)}. The network is ${verdictTitle(verdict, verdicts)}: ${escape(verdictEvidence(verdict, verdicts))}`
    : `Its ${name} ended at ${formatNumber(layers[0]?.status.value ?? Number.NaN)}, within the thresholds.`;
}

/** Where the signal is lost on its way back to the first of these layers, in numbers. */
function cause(recording: Recording, { index }: JudgedLayer): string {
  const sentence = explainLayer(recording, index);
  return sentence === undefined ? '' : escape(sentence);
}

/** A cell of a table behind its first. */
const apartCell = (text: string): string => `${apart}${text}`;

/** The title of a column behind the first: bold and often the widest of it, it gets by with less. */
const apartTitle = (text: string): string => `${unbroken}${text}`;

/** Keeps every number of a text on one line. */
const joinNumbers = (text: string): string => text.replaceAll(/(?<=\de)-(?=\d)/g, `-${joined}`);

/** The recordings of all seeds, that of the shown one first; none where there is but one. */
function seedsOf(session: Session, shown: Recording): readonly Recording[] {
  const others = session.otherSeeds();
  return others.length === 0 ? [] : [shown, ...others];
}

/** Short, since a hover is narrow; `seedsNote` says the rest. */
function seedsTitle({ length }: readonly Recording[]): string[] {
  return length === 0 ? [] : [`${formatCount(length)} seeds`];
}

/** What the column over seeds holds. */
function seedsNote({ length }: readonly Recording[]): string[] {
  return length === 0
    ? []
    : [`${formatCount(length)} seeds: median of the last values (${bandName(length)})`];
}

function overSeeds(seeds: readonly Recording[], index: number, metric: Metric): string[] {
  if (seeds.length === 0) return [];
  const band = lastOverSeeds(seeds, index, metric.id);
  if (band === undefined) return [''];
  const { median, low, high } = band;
  return [
    `${metric.format(median)}${unbroken}(${metric.format(low)}${unbroken}–${unbroken}${metric.format(high)})`,
  ];
}

/** What narrower number formats would lose of the layer's gradient, as it was last looked at. */
function precisionWords({ histograms }: Recording, index: number): string[] {
  const last = histograms.at(-1);
  return last === undefined ? [] : [precisionSentence(last, index)];
}

function state(session: Session): string {
  if (session.state === 'running') return ' · *still training*';
  return session.stale ? ' · *measured before the edit*' : '';
}

function predictionWords(layer: PredictedLayer): string {
  const doubt = layer.wide ? ', initialisations differ by decades' : '';
  return `predicted ${formatNumber(layer.norm)} at initialisation (10–90 %: ${bandOf(layer)}${doubt})`;
}

function bandOf({ p10, p90 }: PredictedLayer): string {
  return `${formatNumber(p10)} – ${formatNumber(p90)}`;
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
