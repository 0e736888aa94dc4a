/** What a run says about a fix, and the order in which fixes are offered. */
import type { Recording, RunResult } from '../../engine/recording.ts';
import type { Judgement } from '../judge.ts';
import { judgeOverSeeds, type VerdictCounts } from '../overSeeds.ts';
import { finalWindow, profileOf } from '../profile.ts';
import { median } from '../regression.ts';
import { isAlarm, type Verdict } from '../verdict.ts';

/** One finished run. */
export interface MeasuredRun {
  readonly recording: Recording;
  readonly result: RunResult;
  readonly judgement: Judgement;
}

/** A network over one seed or several: the verdict over all, medians of the numbers. */
export interface Measured {
  readonly verdict: Verdict;
  /** How often each verdict came up, where there are several seeds. */
  readonly verdicts: VerdictCounts | undefined;
  /** Loss at the end: of held-out samples where there are some, otherwise of the training set. Not a number where it diverged. */
  readonly loss: number;
  readonly lossOn: 'train' | 'test';
  /** Share of right answers on the same samples, for classification. */
  readonly accuracy: number | undefined;
  /** Gradient norm of the layer nearest to the input, at the end. */
  readonly firstNorm: number;
  /** The smallest layer's norm over the output-most layer's, at the end. */
  readonly ratio: number;
  /** Seconds of training, of all seeds together. */
  readonly seconds: number;
  readonly steps: number;
}

/** Numbers and verdict over runs that differ in nothing but their seed; there must be at least one. */
export function measure(runs: readonly MeasuredRun[]): Measured {
  const { verdict, verdicts } = judgeOverSeeds(runs.map(({ judgement }) => judgement));
  const [first] = runs;
  if (first === undefined) throw new Error('There is no run to measure');
  const lossOn = (first.result.after ?? first.result.before).test === undefined ? 'train' : 'test';
  const at = ({ result: { after } }: MeasuredRun) => (lossOn === 'test' ? after?.test : after);
  const norms = runs.map(endNorms);
  const hasAccuracy = (first.result.after ?? first.result.before).accuracy !== undefined;
  return {
    verdict,
    verdicts: runs.length > 1 ? verdicts : undefined,
    loss: middle(runs.map((run) => at(run)?.loss ?? NaN)),
    lossOn,
    accuracy: hasAccuracy ? middle(runs.map((run) => at(run)?.accuracy ?? NaN)) : undefined,
    firstNorm: middle(norms.map(({ first: norm }) => norm)),
    ratio: middle(norms.map(({ ratio }) => ratio)),
    seconds: runs.reduce((sum, { result }) => sum + result.seconds, 0),
    steps: first.result.steps,
  };
}

/** Fixes in the order in which they are offered: without an alarm before those with one, then by loss; equal ones as they came. */
export function rank<Item extends { readonly measured: Measured }>(items: readonly Item[]): Item[] {
  return items.toSorted(
    ({ measured: a }, { measured: b }) =>
      alarmShare(a) - alarmShare(b) || orInfinite(a.loss) - orInfinite(b.loss),
  );
}

/** Share of the seeds whose verdict is an alarm: 0 or 1 where there is one. */
export function alarmShare({ verdict, verdicts }: Measured): number {
  if (verdicts === undefined) return isAlarm(verdict.kind) ? 1 : 0;
  const entries = Object.entries(verdicts) as [Verdict['kind'], number][];
  const total = entries.reduce((sum, [, times]) => sum + times, 0);
  return entries.reduce((sum, [kind, times]) => sum + (isAlarm(kind) ? times : 0), 0) / total;
}

function endNorms({ recording }: MeasuredRun): { first: number; ratio: number } {
  if (recording.rows.steps.length === 0) return { first: NaN, ratio: NaN };
  const { first, smallest, last } = profileOf(recording, 'norm', finalWindow(recording));
  return { first, ratio: smallest / last };
}

/** A loss that is no number stands behind every other. */
function orInfinite(loss: number): number {
  return Number.isFinite(loss) ? loss : Number.MAX_VALUE;
}

/** Median in which a number that is none counts as infinitely large. */
function middle(values: readonly number[]): number {
  const found = median(values.map((value) => (Number.isNaN(value) ? Infinity : value)));
  return Number.isFinite(found) ? found : NaN;
}
