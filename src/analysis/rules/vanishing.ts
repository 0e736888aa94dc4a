/**
 * Norms or errors that shrink by a factor from layer to layer towards the input.
 *
 * Both are read: where activations shrink going forward and errors shrink going back, the weight gradients are all
 * alike and hide the decay (He et al. 2015, section 2.2; Glorot & Bengio 2010, section 4.2.1).
 */
import type { DataSetStatistics } from '../../engine/recording.ts';
import { causeEvidence, causeOf, causeSentence, type Cause } from '../cause.ts';
import { decayOf, isFlat, type DepthTrend } from '../depth.ts';
import { namesOf, type Facts, type Moment, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatFactor, formatNumber, formatSetting } from '../numbers.ts';
import { finalWindow, initialWindow } from '../profile.ts';
import { hardlyLearns, isStuck, lossAgainstConstant } from '../words.ts';

interface Decay {
  readonly moment: Moment;
  readonly trend: DepthTrend;
  readonly of: 'norm' | 'error';
}

export function vanishing(facts: Facts): Ruling | undefined {
  const { learning } = facts;
  // What lies below a dead layer gets exactly nothing: that is no decay. What was there before it died may have been one.
  if (hasDeadLayer(facts.result.before)) return undefined;
  const atEnd = hasDeadLayer(facts.units) ? undefined : decay(facts, facts.end);
  const atStart = decay(facts, facts.start);
  const found = atEnd ?? atStart;
  if (found === undefined) return undefined;
  const short = shortMessage(facts, found);
  const message = `${short} ${found.moment.when} (${basis(facts, found)})${cause(facts, found)}`;
  const common = { layers: namesOf(facts, found.trend.layers), evidence: evidence(facts, found) };
  const stuck = atEnd?.of === 'norm' ? hardlyLearns(learning) : isStuck(learning);
  if (stuck) {
    const text = `${message}; ${lossAgainstConstant(learning)}`;
    return {
      finding: { id: 'vanishing-gradient', severity: 'warning', message: text, ...common },
      verdict: { kind: 'vanishing', message: found === atEnd ? short : `${short} at initialisation` },
    };
  }
  if (atStart === undefined) return undefined;
  const learns = learning.state === 'solved' || learning.state === 'learning';
  const after = learns
    ? `; ${facts.network.train.optimizer.name} makes up for it: the loss falls from ${formatNumber(learning.before)} to ${formatNumber(learning.after)}`
    : '';
  const initial = `${shortMessage(facts, atStart)} at initialisation (${basis(facts, atStart)})${cause(facts, atStart)}${after}`;
  return {
    finding: {
      id: 'vanishing-at-initialisation',
      severity: 'information',
      layers: namesOf(facts, atStart.trend.layers),
      message: initial,
      evidence: evidence(facts, atStart),
    },
  };
}

function hasDeadLayer({ deadShare }: DataSetStatistics): boolean {
  return deadShare.some((share) => share >= limits.deadLayerShare);
}

function decay(facts: Facts, moment: Moment): Decay | undefined {
  const { threshold, ratio } = facts.thresholds;
  // In a chain of linear layers the decay of the errors and that of the activations are one product: see uniformlySmall.
  if (facts.linear && isFlat(facts.start.weightPart)) return undefined;
  const ofNorm = decayOf(moment.metric, threshold, ratio);
  if (ofNorm !== undefined) return { moment, trend: ofNorm, of: 'norm' };
  const ofError = facts.linear ? undefined : decayOf(moment.error, 0, ratio);
  return ofError && { moment, trend: ofError, of: 'error' };
}

function shortMessage(facts: Facts, { moment, trend, of }: Decay): string {
  const [extreme = '', output = ''] = namesOf(facts, [trend.extreme, trend.output]);
  const value = formatNumber((of === 'norm' ? moment.metric : moment.error).values[trend.extreme] ?? NaN);
  const less = Number.isFinite(trend.factor) ? `${formatFactor(trend.factor)} times less than` : 'unlike';
  return of === 'norm'
    ? `${extreme} ${value}, ${less} ${output}`
    : `the error at ${extreme} is ${value}, ${less} at ${output}`;
}

function basis({ thresholds }: Facts, { trend, of }: Decay): string {
  const what =
    of === 'error' ? 'error' : thresholds.metric === 'norm' ? 'norm' : `${thresholds.metric} gradient`;
  return trend.basis === 'threshold'
    ? `${what} below ${formatSetting(thresholds.threshold)}`
    : `${what} below ${formatSetting(thresholds.ratio)} of the output-most layer's`;
}

function causeIn({ recording, start }: Facts, { moment, trend }: Decay): Cause | undefined {
  const window = moment === start ? initialWindow : finalWindow(recording);
  return causeOf(recording, window, trend.extreme, trend.output);
}

function cause(facts: Facts, found: Decay): string {
  const reason = causeIn(facts, found);
  return reason === undefined ? '' : `; ${causeSentence(reason)}`;
}

function evidence(facts: Facts, found: Decay): Record<string, number | string> {
  const { moment, trend, of } = found;
  return {
    of,
    layer: namesOf(facts, [trend.extreme])[0] ?? '',
    norm: moment.norm.values[trend.extreme] ?? NaN,
    error: moment.error.values[trend.extreme] ?? NaN,
    factor: trend.factor,
    perLayer: trend.perLayer,
    perLayerLow: trend.interval[0],
    perLayerHigh: trend.interval[1],
    when: moment.when,
    basis: trend.basis,
    loss: facts.learning.after,
    constantLoss: facts.learning.constant,
    ...causeEvidence(causeIn(facts, found)),
  };
}
