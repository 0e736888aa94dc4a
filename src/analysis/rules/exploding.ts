/** Norms that grow by a factor from layer to layer towards the input, or lie above `explode`. */
import { causeEvidence, causeOf, causeSentence } from '../cause.ts';
import { growthOf } from '../depth.ts';
import { namesOf, type Facts, type Moment, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatFactor, formatNumber, formatSetting } from '../numbers.ts';
import { finalWindow, initialWindow } from '../profile.ts';
import type { Evidence } from '../verdict.ts';
import { hardlyLearns } from '../words.ts';

export function exploding(facts: Facts): Ruling | undefined {
  const found = growth(facts, facts.end) ?? growth(facts, facts.start) ?? tooLarge(facts);
  if (found === undefined) return undefined;
  const stuck = hardlyLearns(facts.learning) || facts.result.end === 'diverged';
  const finding = {
    id: 'exploding-gradient',
    severity: stuck ? 'warning' : 'information',
    layers: namesOf(facts, found.layers),
    message: stuck ? found.message : `${found.message}; the loss falls all the same`,
    evidence: found.evidence,
  } as const;
  return stuck ? { finding, verdict: { kind: 'exploding', message: found.short } } : { finding };
}

interface Explosion {
  readonly layers: readonly number[];
  readonly short: string;
  readonly message: string;
  readonly evidence: Evidence;
}

/** A growth over depth of norms or errors. */
function growth(facts: Facts, moment: Moment): Explosion | undefined {
  const ofNorm = growthOf(moment.norm, facts.thresholds.ratio);
  const trend = ofNorm ?? growthOf(moment.error, facts.thresholds.ratio);
  if (trend === undefined) return undefined;
  const [extreme = '', output = ''] = namesOf(facts, [trend.extreme, trend.output]);
  const norm = moment.norm.values[trend.extreme] ?? NaN;
  const error = moment.error.values[trend.extreme] ?? NaN;
  const more = `${formatFactor(trend.factor)} times more than`;
  const short = ofNorm
    ? `${extreme} ${formatNumber(norm)}, ${more} ${output}`
    : `the error at ${extreme} is ${formatNumber(error)}, ${more} at ${output}`;
  const window = moment === facts.start ? initialWindow : finalWindow(facts.recording);
  const cause = causeOf(facts.recording, window, trend.extreme, trend.output);
  return {
    layers: trend.layers,
    short: moment === facts.end ? short : `${short} at initialisation`,
    message: `${short} ${moment.when}${cause === undefined ? '' : `; ${causeSentence(cause)}`}`,
    evidence: {
      of: ofNorm ? 'norm' : 'error',
      norm,
      error,
      factor: trend.factor,
      perLayer: trend.perLayer,
      when: moment.when,
      basis: 'ratio',
      ...causeEvidence(cause),
    },
  };
}

/** Norms above the person's limit, or a hundredfold growth of all of them while the loss got worse. */
function tooLarge(facts: Facts): Explosion | undefined {
  const { start, end, thresholds, learning } = facts;
  for (const moment of [end, start]) {
    const layers = facts.layers.flatMap((_, index) =>
      (moment.norm.values[index] ?? 0) > thresholds.explode ? [index] : [],
    );
    const [first] = layers;
    if (first === undefined) continue;
    const extreme = layers.reduce(
      (best, layer) => ((moment.norm.values[layer] ?? 0) > (moment.norm.values[best] ?? 0) ? layer : best),
      first,
    );
    const norm = moment.norm.values[extreme] ?? NaN;
    const short = `${namesOf(facts, [extreme])[0]} ${formatNumber(norm)}, above ${formatSetting(thresholds.explode)}`;
    return {
      layers,
      short,
      message: `${short} ${moment.when}`,
      evidence: { norm, explode: thresholds.explode, when: moment.when, basis: 'explode' },
    };
  }
  const grown = end.norm.largest / start.norm.largest;
  if (learning.state !== 'worse' || !(grown >= limits.explodedOverRun)) return undefined;
  const short = `the largest norm grew ${formatFactor(grown)} times over the run, to ${formatNumber(end.norm.largest)}`;
  return {
    layers: facts.layers.map((_, index) => index),
    short,
    message: `${short}, and the loss from ${formatNumber(learning.before)} to ${formatNumber(learning.after)}`,
    evidence: { norm: end.norm.largest, factor: grown, basis: 'run' },
  };
}
