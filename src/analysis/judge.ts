/** From a run to its verdict: what the editor, the view, the command line and the checks in CI all say. */
import type { Recording, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import { collectFacts, type Facts } from './facts.ts';
import { formatCount, formatFactor, formatNumber } from './numbers.ts';
import { largestMove } from './learning.ts';
import { limits } from './limits.ts';
import { rules } from './rules/index.ts';
import type { Finding, Thresholds, Verdict } from './verdict.ts';
import { lossAgainstConstant } from './words.ts';

export interface Judgement {
  readonly verdict: Verdict;
  /** Everything that fired, the leading one first. */
  readonly findings: readonly Finding[];
}

/** Judges a run. Never claims more than the run can show. */
export function judge(
  recording: Recording,
  result: RunResult,
  network: CheckedNetwork,
  thresholds: Thresholds,
): Judgement {
  if (recording.layers.length === 0 || recording.rows.steps.length === 0) return emptyRun(recording, result);
  const facts = collectFacts(recording, result, network, thresholds);
  const rulings = rules.flatMap((rule) => rule(facts) ?? []);
  const leading = rulings.find((ruling) => ruling.verdict !== undefined);
  if (leading?.verdict === undefined)
    return { verdict: withoutAlarm(facts), findings: rulings.map((ruling) => ruling.finding) };
  const { finding } = leading;
  return {
    verdict: { ...leading.verdict, layers: finding.layers, evidence: finding.evidence },
    findings: [finding, ...rulings.filter((ruling) => ruling !== leading).map((ruling) => ruling.finding)],
  };
}

/** Nothing fired that leads to a verdict: the gradients are healthy, or the loss got worse for a reason that they do not show. */
function withoutAlarm(facts: Facts): Verdict {
  const { learning, end, result, thresholds } = facts;
  const evidence = {
    loss: learning.after,
    constantLoss: learning.constant,
    smallest: end.norm.smallest,
    largest: end.norm.largest,
  };
  const isOne = end.norm.smallest === end.norm.largest;
  const norms = isOne
    ? `norm ${formatNumber(end.norm.largest)}`
    : `norms between ${formatNumber(end.norm.smallest)} and ${formatNumber(end.norm.largest)}`;
  if (learning.state === 'worse')
    return {
      kind: 'inconclusive',
      layers: [],
      message: `the loss got worse, from ${formatNumber(learning.before)} to ${formatNumber(learning.after)}, though no gradient vanishes or explodes (${norms})`,
      evidence,
    };
  const spread =
    end.norm.smallest > 0 && !isOne
      ? `, ${formatFactor(end.norm.largest / end.norm.smallest)} times apart`
      : '';
  if (learning.state === 'stalled') {
    const nothing = `nothing is learned in ${formatCount(result.steps)} steps: ${lossAgainstConstant(learning)}`;
    const atRest = end.norm.largest < thresholds.threshold;
    const message = atRest
      ? `at rest (${norms}), and ${nothing}; this network may know no better answer, or be stuck`
      : end.norm.smallest > 0
        ? `gradients reach every layer (${norms}${spread}), but ${nothing}${smallSteps(facts)}`
        : `some layers get no gradient (${norms}), and ${nothing}`;
    const kind = atRest || end.norm.smallest === 0 ? 'inconclusive' : 'healthy';
    return { kind, layers: [], message, evidence };
  }
  return {
    kind: 'healthy',
    layers: [],
    message: `loss ${formatNumber(learning.before)} → ${formatNumber(learning.after)}${soFar(learning)}; ${norms}${spread}`,
    evidence,
  };
}

/** A loss that falls may still be on its way to what a constant answer would give. */
function soFar({ state, progress, constant }: Facts['learning']): string {
  if (state !== 'learning' || progress >= limits.learningProgress) return '';
  return `, ${progress > 0 ? 'hardly' : 'no'} better yet than the best constant answer's ${formatNumber(constant)}`;
}

/** The cause where all steps together moved no layer. */
function smallSteps({ recording, result, network }: Facts): string {
  const moved = largestMove(recording, result.steps);
  if (!(moved < limits.moved)) return '';
  const cause =
    network.train.clip === undefined ? 'the learning rate is' : 'learning rate or clipping keep them';
  return `; all steps together move no layer by more than ${formatNumber(moved)} of its size: ${cause} too small`;
}

/** A run that recorded nothing: it has no parameters, or ended before its first step. */
function emptyRun(recording: Recording, result: RunResult): Judgement {
  const evidence = { steps: result.steps };
  if (result.end === 'diverged') {
    const message = 'the loss is not finite on the first pass, before any update';
    const finding = { id: 'diverged', severity: 'error', layers: [], message, evidence } as const;
    return { verdict: { kind: 'diverged', layers: [], message, evidence }, findings: [finding] };
  }
  const message =
    recording.layers.length === 0 ? 'no layer has parameters' : 'too short to tell: no step was recorded';
  const finding = { id: 'too-short', severity: 'information', layers: [], message, evidence } as const;
  return { verdict: { kind: 'inconclusive', layers: [], message, evidence }, findings: [finding] };
}
