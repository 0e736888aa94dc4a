/** The fixes of a network in words for a terminal, and as the object that `--json` prints. */
import { alarmShare, type Measured } from '../analysis/fixes/measure.ts';
import { formatCount, formatNumber, formatShare } from '../analysis/numbers.ts';
import { verdictEvidence, verdictFrequencies, verdictTitle } from '../analysis/overSeeds.ts';
import { changedLines } from './changedLines.ts';
import { count, wrap } from './report.ts';
import { alignTable } from './table.ts';
import type { TriedFix, TriedNetwork } from './tryFixes.ts';

/** Verdict, table of the fixes from the best to the worst, and the best one's lines. */
export function reportFixes(text: string, tried: TriedNetwork): string {
  const { network, asItIs, seeds, fixes, untried } = tried;
  const { verdict, verdicts } = asItIs;
  const head = `${network.name}: ${verdictTitle(verdict, verdicts)}: ${verdictEvidence(verdict, verdicts)}`;
  if (alarmShare(asItIs) === 0) return `${head}\n  nothing to fix\n`;
  const [best] = fixes;
  const interruption = untried === 0 ? [] : [`  interrupted: ${count(untried, 'fix', 'fixes')} not tried`];
  if (best === undefined)
    return [head, ...(untried === 0 ? ['  no fix is known for this'] : interruption), ''].join('\n');
  return [
    head,
    `  ${count(fixes.length, 'fix', 'fixes')}, trained like the network itself: ${trainingWords(tried)}`,
    ...interruption,
    '',
    ...table(asItIs, fixes).map((line) => `  ${line}`),
    '',
    ...(alarmShare(best.measured) > 0
      ? [`  No fix removes the alarm${seeds > 1 ? ' in every seed' : ''}.`, '']
      : []),
    ...describeFix(text, best, 1),
    ...(seeds > 1 ? [] : ['', '  This is one seed; --seeds 5 tells a cure from luck.']),
    '',
  ].join('\n');
}

/** What a fix changes and why, under its rank. */
export function describeFix(text: string, { candidate }: TriedFix, place: number): string[] {
  const { title, why, source, edits } = candidate;
  return [
    ...wrap(`  ${place}: ${title}. ${why} (${source.title.split(',')[0]})`),
    ...changedLines(text, edits).map((line) => `     ${line}`),
  ];
}

/** `500 steps, seed 1` */
function trainingWords({ network, asItIs, seeds, fixes }: TriedNetwork): string {
  const { seed } = network.train;
  const which = seeds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + seeds - 1}, medians`;
  // One that diverged ended early.
  const steps = Math.max(asItIs.steps, ...fixes.map(({ measured }) => measured.steps));
  return `${formatCount(steps)} steps, ${which}`;
}

function table(asItIs: Measured, fixes: readonly TriedFix[]): string[] {
  const held = asItIs.lossOn === 'test' ? 'held-out ' : '';
  const header = [
    '',
    'fix',
    'verdict',
    `${held}loss`,
    'accuracy',
    'first layer’s norm',
    'smallest / output',
    'seconds',
  ];
  const rows = [
    ['', 'as it is', ...cells(asItIs)],
    ...fixes.map(({ candidate, measured }, index) => [
      String(index + 1),
      candidate.title,
      ...cells(measured),
    ]),
  ];
  const shown = header.map((_, column) => column === 0 || rows.some((row) => row[column] !== ''));
  const visible = (row: readonly string[]): string[] => row.filter((_, column) => shown[column]);
  return alignTable(visible(header), rows.map(visible), [1, 2]);
}

function cells({ verdict, verdicts, loss, accuracy, firstNorm, ratio, seconds }: Measured): string[] {
  return [
    verdictFrequencies(verdict, verdicts),
    known(loss, formatNumber),
    accuracy === undefined ? '' : known(accuracy, formatShare),
    known(firstNorm, formatNumber),
    known(ratio, formatNumber),
    seconds.toFixed(2),
  ];
}

/** A diverged run has no such number. */
function known(value: number, format: (value: number) => string): string {
  return Number.isNaN(value) ? '–' : format(value);
}

/** The network as `--json` prints it: names are promises to scripts, see `docs/interfaces.md`. */
export function asObject(text: string, { network, asItIs, seeds, fixes, untried }: TriedNetwork): object {
  return {
    name: network.name,
    seed: network.train.seed,
    seeds,
    ...numbers(asItIs),
    fixes: fixes.map(({ candidate, measured }, index) => ({
      rank: index + 1,
      title: candidate.title,
      why: candidate.why,
      source: candidate.source,
      edits: candidate.edits.map(({ from, to, replacement }) => ({
        ...placeIn(text, from),
        from,
        to,
        replacement,
      })),
      ...numbers(measured),
    })),
    ...(untried === 0 ? {} : { untried }),
  };
}

function numbers({ verdict, verdicts, loss, lossOn, accuracy, firstNorm, ratio, seconds, steps }: Measured) {
  return {
    verdict,
    ...(verdicts === undefined ? {} : { verdicts }),
    steps,
    seconds,
    loss,
    lossOn,
    ...(accuracy === undefined ? {} : { accuracy }),
    norm: firstNorm,
    ratio,
  };
}

/** 1-based line and column of an offset. */
function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
