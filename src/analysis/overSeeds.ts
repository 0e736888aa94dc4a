/** One run is an anecdote: the verdict over several seeds, with how often each came up. */
import { explanations } from './explain.ts';
import type { Judgement } from './judge.ts';
import type { Finding, Verdict, VerdictKind } from './verdict.ts';

/** The order of blame, for ties: what stands first leads. */
const blame: readonly VerdictKind[] = [
  'diverged',
  'loss-mismatch',
  'dead-units',
  'exploding',
  'underflow',
  'vanishing',
  'uniformly-small',
  'inconclusive',
  'converged',
  'healthy',
];

/** How often each verdict came up. */
export type VerdictCounts = Partial<Record<VerdictKind, number>>;

export interface SeedsVerdict {
  /** That of the first run with the most frequent kind; among equally frequent ones the first in the order of blame. */
  readonly verdict: Verdict;
  /** Position of that run: what it measured shows what the verdict says. */
  readonly leading: number;
  readonly verdicts: VerdictCounts;
  /** Every finding of any run, those of the leading run first, each with how many runs have it. */
  readonly findings: readonly Finding[];
}

/** The verdict over runs that differ in nothing but their seed; there must be at least one. Of a single run it is that run's own. */
export function judgeOverSeeds(runs: readonly Judgement[]): SeedsVerdict {
  const verdicts: VerdictCounts = {};
  for (const { verdict } of runs) verdicts[verdict.kind] = (verdicts[verdict.kind] ?? 0) + 1;
  const [[kind] = []] = byFrequency(verdicts);
  const leading = runs.findIndex(({ verdict }) => verdict.kind === kind);
  const first = runs[leading];
  if (first === undefined) throw new Error('A verdict over seeds needs at least one run.');
  const others = runs.filter((run) => run !== first);
  return { verdict: first.verdict, leading, verdicts, findings: findingsOf([first, ...others]) };
}

/** Each finding as the first run has it that does. A fault and a mere remark of the same name are two. */
function findingsOf(runs: readonly Judgement[]): Finding[] {
  const seen = new Set<string>();
  return runs.flatMap(({ findings }) => {
    const fresh = findings.filter((finding) => !seen.has(nameOf(finding)));
    for (const finding of fresh) seen.add(nameOf(finding));
    if (runs.length === 1) return fresh;
    return fresh.map((finding): Finding => {
      const having = runs.filter((run) => run.findings.some((other) => nameOf(other) === nameOf(finding)));
      return { ...finding, message: `${finding.message} (in ${having.length} of ${runs.length} seeds)` };
    });
  });
}

function nameOf({ id, severity }: Finding): string {
  return `${severity} ${id}`;
}

/** `vanishing`, or over several seeds `dead units in 5 of 10 seeds`. */
export function verdictTitle({ kind }: Verdict, verdicts?: VerdictCounts): string {
  // A newer host may know verdicts that this page does not.
  const title = explanations[kind]?.title ?? kind;
  const total = totalOf(verdicts ?? {});
  return total > 1 ? `${title} in ${verdicts?.[kind] ?? 0} of ${total} seeds` : title;
}

/** `dead units in 5 of 10 seeds, healthy in 5`. */
export function verdictFrequencies(verdict: Verdict, verdicts?: VerdictCounts): string {
  return [verdictTitle(verdict, verdicts), ...othersThan(verdict, verdicts)].join(', ');
}

/** `hidden[1] 2.30e-7, 410,000 times less than output`, and what else the seeds came to: ` (healthy in 5)`. */
export function verdictEvidence(verdict: Verdict, verdicts?: VerdictCounts): string {
  const others = othersThan(verdict, verdicts);
  return others.length === 0 ? verdict.message : `${verdict.message} (${others.join(', ')})`;
}

function othersThan({ kind }: Verdict, verdicts: VerdictCounts = {}): string[] {
  const others = byFrequency(verdicts).filter(([other]) => other !== kind);
  return others.map(([other, times]) => `${explanations[other]?.title ?? other} in ${times}`);
}

/** The most frequent verdict first. */
function byFrequency(verdicts: VerdictCounts): [VerdictKind, number][] {
  return blame
    .flatMap((kind): [VerdictKind, number][] => {
      const times = verdicts[kind] ?? 0;
      return times === 0 ? [] : [[kind, times]];
    })
    .toSorted(([, a], [, b]) => b - a);
}

function totalOf(verdicts: VerdictCounts): number {
  return Object.values(verdicts).reduce((sum, times) => sum + times, 0);
}
