/** One run is an anecdote: the verdict over several seeds, with how often each came up. */
import type { Verdict, VerdictKind } from './verdict.ts';

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
  readonly verdicts: VerdictCounts;
}

/** The verdict over runs that differ in nothing but their seed; there must be at least one. */
export function judgeOverSeeds(runs: readonly Verdict[]): SeedsVerdict {
  const verdicts: VerdictCounts = {};
  for (const { kind } of runs) verdicts[kind] = (verdicts[kind] ?? 0) + 1;
  const count = (kind: VerdictKind): number => verdicts[kind] ?? 0;
  const [kind] = blame.toSorted((a, b) => count(b) - count(a));
  const verdict = runs.find((run) => run.kind === kind);
  if (verdict === undefined) throw new Error('A verdict over seeds needs at least one run.');
  return { verdict, verdicts };
}

/** `dead-units in 5 of 10 seeds, healthy in 5`. */
export function describeFrequencies(verdicts: VerdictCounts): string {
  const entries = blame.flatMap((kind): [VerdictKind, number][] => {
    const times = verdicts[kind];
    return times === undefined ? [] : [[kind, times]];
  });
  const total = entries.reduce((sum, [, times]) => sum + times, 0);
  return entries
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times], index) => `${kind} in ${times}${index === 0 ? ` of ${total} seeds` : ''}`)
    .join(', ');
}
