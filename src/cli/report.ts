/** A run in words for a terminal. */
import { bandName } from '../analysis/bands.ts';
import { verdictEvidence, verdictTitle } from '../analysis/overSeeds.ts';
import { quantitiesPerLayer, quantityOffset } from '../analysis/metrics.ts';
import { formatCount, formatNumber, formatShare } from '../analysis/numbers.ts';
import type { LayerSummary, NetworkSummary } from '../analysis/summary.ts';
import { sparkline } from '../analysis/sparkline.ts';
import type { Recording } from '../engine/recording.ts';
import { alignTable } from './table.ts';

/** Verdict, loss, a table of layers from input to output, and every finding. */
export function reportNetwork(summary: NetworkSummary, recording: Recording): string {
  const { name, steps, seconds, parameters, seed } = summary;
  return [
    `${name}: ${verdictLine(summary)}`,
    `  ${count(steps, 'step')} in ${seconds.toFixed(2)} s · ${count(parameters, 'parameter')} · seed ${seed}${endWords[summary.end]}`,
    `  ${lossLine(summary)}`,
    '',
    ...table(summary, recording).map((line) => `  ${line}`),
    ...(summary.findings.length === 0 ? [] : ['']),
    ...summary.findings.flatMap((finding) => wrap(`  ${finding.severity} ${finding.id}: ${finding.message}`)),
    '',
  ].join('\n');
}

/** `vanishing: hidden[1] 2.30e-7, 410,000 times less than output`, or `dead units in 5 of 10 seeds: … (healthy in 5)`. */
export function verdictLine({ verdict, verdicts }: NetworkSummary): string {
  return `${verdictTitle(verdict, verdicts)}: ${verdictEvidence(verdict, verdicts)}`;
}

const endWords = { completed: '', stopped: ' · stopped', diverged: ' · diverged' } as const;

function lossLine({ loss, accuracy }: NetworkSummary): string {
  const parts = [
    `loss ${formatNumber(loss.first)} → ${formatNumber(loss.last)} (best constant answer ${formatNumber(loss.constant)})`,
    ...(accuracy?.train === undefined ? [] : [`accuracy ${formatShare(accuracy.train)} on training data`]),
    ...(accuracy?.test === undefined ? [] : [`${formatShare(accuracy.test)} on held-out data`]),
  ];
  return parts.join(' · ');
}

function table({ layers, seeds }: NetworkSummary, recording: Recording): string[] {
  const header = [
    'layer',
    'line',
    'parameters',
    'predicted',
    'norm first',
    'last',
    'smallest',
    'rms',
    'relative',
    'speed',
    ...(seeds === undefined ? [] : [`${seeds.length} seeds: median (${bandName(seeds.length)})`]),
    '',
    '',
  ];
  const last = (value: { readonly last: number } | undefined): string =>
    value === undefined ? '' : formatNumber(value.last);
  const rows = layers.map((layer, position) => [
    layer.name,
    layer.line === undefined ? '' : String(layer.line),
    formatCount(layer.parameters),
    layer.predicted === undefined ? '' : formatNumber(layer.predicted.norm),
    layer.norm === undefined ? '' : formatNumber(layer.norm.first),
    last(layer.norm),
    layer.norm === undefined ? '' : formatNumber(layer.norm.min),
    last(layer.rms),
    last(layer.relative),
    last(layer.speed),
    ...(seeds === undefined ? [] : [bandWords(layer)]),
    sparkline(norms(recording, position), 16),
    layer.below === true ? 'below' : '',
  ]);
  return alignTable(header, rows, [0, header.length - 2, header.length - 1]);
}

function bandWords({ overSeeds }: LayerSummary): string {
  if (overSeeds === undefined) return '';
  const { median, low, high } = overSeeds;
  return `${formatNumber(median)} (${formatNumber(low)} – ${formatNumber(high)})`;
}

function norms({ rows, layers }: Recording, position: number): Float64Array {
  const stride = layers.length * quantitiesPerLayer;
  return rows.steps.map(
    (_, row) => rows.values[row * stride + position * quantitiesPerLayer + quantityOffset.norm] ?? NaN,
  );
}

/** `1 step`, `2,000 steps` */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(number)} ${number === 1 ? noun : nouns}`;
}

const lineWidth = 110;

/** Broken at spaces, with later lines indented below the first one's words. */
export function wrap(text: string): string[] {
  const indent = `${/^ */.exec(text)?.[0] ?? ''}    `;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && line.length + 1 + word.length > lineWidth) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
