/** The measurements as Markdown tables. */
import type { FindingId, VerdictKind } from '../../src/analysis/verdict.ts';
import { agrees, type CorpusCase } from './cases.ts';
import { detectors } from './detectors.ts';
import type { Measurement } from './measure.ts';

const small: ReadonlySet<string> = new Set([
  'vanishing',
  'uniformly-small',
  'dead-units',
  'underflow',
  'loss-mismatch',
]);
const sound: ReadonlySet<string> = new Set(['healthy', 'converged']);

/** All tables, one under the other. */
export function tables(measurements: readonly Measurement[]): string {
  return [
    '### Case by case',
    byCase(measurements),
    '### Label against verdict',
    'Runs (a network with one seed each). Where a label allows two verdicts, the row carries both.',
    confusion(measurements),
    '### Which rules fired',
    'Share of the runs of each label in which a rule fired, leading or not.',
    ruleTable(measurements),
    '### Published detectors on the same recordings',
    'Alarms "vanishing" on networks whose gradients are too small for whatever reason (vanishing, uniformly small, dead, underflow, zero by the loss), and on healthy or converged ones; at the end of the run, and at any of twenty stretches of it. Our rules: a verdict among those five.',
    detectorTable(measurements),
  ].join('\n\n');
}

function byCase(measurements: readonly Measurement[]): string {
  const rows = [...grouped(measurements, ({ case: corpusCase }) => corpusCase)].map(([corpusCase, runs]) => {
    const verdicts = runs.map(({ verdict }) => verdict);
    return [
      corpusCase.name,
      corpusCase.set,
      labelText(corpusCase),
      counts(verdicts),
      agrees(corpusCase.label, verdicts) ? 'yes' : '**no**',
    ];
  });
  return table(['network', 'set', 'label', 'verdicts', 'agrees'], rows);
}

function confusion(measurements: readonly Measurement[]): string {
  const kinds = [...new Set(measurements.map(({ verdict }) => verdict))].toSorted();
  const rows = [...grouped(measurements, ({ case: corpusCase }) => labelText(corpusCase))].map(
    ([label, runs]) => [
      label,
      ...kinds.map((kind) => String(runs.filter(({ verdict }) => verdict === kind).length || '')),
    ],
  );
  return table(['label \\ verdict', ...kinds], rows);
}

function ruleTable(measurements: readonly Measurement[]): string {
  const ids = [...new Set(measurements.flatMap(({ findings }) => findings))].toSorted();
  const rows = [...grouped(measurements, ({ case: corpusCase }) => labelText(corpusCase))].map(
    ([label, runs]) => [
      `${label} (${runs.length})`,
      ...ids.map((id: FindingId) => {
        const share = runs.filter(({ findings }) => findings.includes(id)).length / runs.length;
        return share === 0 ? '' : `${Math.round(share * 100)} %`;
      }),
    ],
  );
  return table(['label (runs)', ...ids], rows);
}

function detectorTable(measurements: readonly Measurement[]): string {
  const faulty = measurements.filter(
    ({ case: { label } }) => label.kinds.every((kind) => small.has(kind)) && !label.frequency,
  );
  const healthy = measurements.filter(({ case: { label } }) => label.kinds.every((kind) => sound.has(kind)));
  const of = (runs: readonly Measurement[], hit: (run: Measurement) => boolean | undefined): string =>
    `${runs.filter((run) => hit(run) === true).length} of ${runs.length}`;
  const rows = detectors.map(({ name }, index) => [
    name,
    of(faulty, (run) => run.alarms[index]?.atEnd),
    of(faulty, (run) => run.alarms[index]?.ever),
    of(healthy, (run) => run.alarms[index]?.atEnd),
    of(healthy, (run) => run.alarms[index]?.ever),
  ]);
  const ours = (run: Measurement): boolean => small.has(run.verdict);
  rows.push(['**vgnet**', of(faulty, ours), '', of(healthy, ours), '']);
  return table(['detector', 'faulty, at the end', 'faulty, ever', 'sound, at the end', 'sound, ever'], rows);
}

function labelText({ label: { kinds, frequency } }: CorpusCase): string {
  const text = kinds.join(' or ');
  return frequency === undefined
    ? text
    : `${text} in ${frequency.times} of ${frequency.of}, else ${frequency.otherwise.join(' or ')}`;
}

function counts(verdicts: readonly VerdictKind[]): string {
  return [...grouped(verdicts, (kind) => kind)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, runs]) => `${kind} ${runs.length}`)
    .join(', ');
}

function grouped<Item, Key>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
