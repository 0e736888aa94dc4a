/** Every layer's gradient is small, and none is much smaller than another: no decay with depth, but one product in all of them. */
import { isFlat } from '../depth.ts';
import type { Facts, Moment, Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatFactor, formatNumber, formatSetting } from '../numbers.ts';
import type { Profile } from '../profile.ts';
import { isStuck, lossAgainstConstant } from '../words.ts';

interface Smallness {
  readonly moment: Moment;
  readonly profile: Profile;
  readonly basis: 'threshold' | 'ratio';
}

export function uniformlySmall(facts: Facts): Ruling | undefined {
  const { thresholds, learning } = facts;
  if (!isStuck(learning)) return undefined;
  const found = belowThreshold(facts) ?? lostOnTheWay(facts);
  if (found === undefined) return undefined;
  const { moment, profile, basis } = found;
  const { smallest, largest } = profile;
  const metric = thresholds.metric === 'norm' ? 'gradient norm' : `${thresholds.metric} gradient`;
  const what = `every layer's ${basis === 'threshold' ? metric : "weights' gradient"}`;
  const [low, high] = [formatNumber(smallest), formatNumber(largest)];
  const range = low === high ? `${what} is ${low}` : `${what} lies between ${low} and ${high}`;
  const limit =
    basis === 'threshold'
      ? `below ${formatSetting(thresholds.threshold)}`
      : `${formatFactor(moment.potential / largest)} times less than output error times input`;
  const message = `${range}, ${limit}, and none is much smaller than another`;
  return {
    finding: {
      id: 'uniformly-small-gradient',
      severity: 'warning',
      layers: facts.layers.map((layer) => layer.name),
      message: `${message} ${moment.when}; ${lossAgainstConstant(learning)}`,
      evidence: {
        smallest,
        largest,
        basis,
        potential: moment.potential,
        perLayer: 10 ** profile.line.slope,
        when: moment.when,
      },
    },
    verdict: { kind: 'uniformly-small', message },
  };
}

/** All layers lie below the person's threshold. */
function belowThreshold({ start, end, thresholds, layers }: Facts): Smallness | undefined {
  const small = ({ metric }: Moment): boolean =>
    metric.largest > 0 &&
    metric.largest < thresholds.threshold &&
    metric.smallest >= thresholds.ratio * metric.largest;
  // The output layer's bias may be far off at first; the layers below it must have been small from the beginning, or the
  // run has come to rest somewhere and small gradients are its result.
  const hiddenSmall = start.metric.values.slice(0, -1).every((value) => !(value >= thresholds.threshold));
  const moment = small(start) ? start : layers.length > 1 && hiddenSmall && small(end) ? end : undefined;
  return moment && { moment, profile: moment.metric, basis: 'threshold' };
}

/** In a chain of linear layers: hardly anything of the output's error and of the input reaches any of the weights. */
function lostOnTheWay({ linear, start, end }: Facts): Smallness | undefined {
  const moment = [end, start].find(
    ({ weightPart, potential }) => isFlat(weightPart) && weightPart.largest < limits.lostShare * potential,
  );
  return linear && moment ? { moment, profile: moment.weightPart, basis: 'ratio' } : undefined;
}
