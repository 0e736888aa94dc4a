/** Every layer lies below the threshold, and none is much smaller than another: no decay with depth, but a product in all of them. */
import type { Facts, Ruling } from '../facts.ts';
import { formatNumber, formatSetting } from '../numbers.ts';
import type { Profile } from '../profile.ts';
import { isStuck, lossAgainstConstant } from '../words.ts';

export function uniformlySmall(facts: Facts): Ruling | undefined {
  const { start, end, thresholds, learning } = facts;
  if (!isStuck(learning)) return undefined;
  const small = (profile: Profile): boolean =>
    profile.largest > 0 &&
    profile.largest < thresholds.threshold &&
    profile.smallest >= thresholds.ratio * profile.largest;
  // The output layer's bias may be far off at first; the layers below it must have been small from the beginning, or the
  // run has come to rest somewhere and small gradients are its result.
  const hiddenSmall = start.metric.values.slice(0, -1).every((value) => !(value >= thresholds.threshold));
  const deep = facts.layers.length > 1;
  const moment = small(start.metric) ? start : deep && hiddenSmall && small(end.metric) ? end : undefined;
  if (moment === undefined) return undefined;
  const { smallest, largest } = moment.metric;
  const message = `every layer's ${thresholds.metric === 'norm' ? 'gradient norm' : `${thresholds.metric} gradient`} lies between ${formatNumber(smallest)} and ${formatNumber(largest)}, below ${formatSetting(thresholds.threshold)}, and none is much smaller than another`;
  return {
    finding: {
      id: 'uniformly-small-gradient',
      severity: 'warning',
      layers: facts.layers.map((layer) => layer.name),
      message: `${message} ${moment.when}; ${lossAgainstConstant(learning)}`,
      evidence: {
        smallest,
        largest,
        threshold: thresholds.threshold,
        perLayer: 10 ** moment.metric.line.slope,
        when: moment.when,
      },
    },
    verdict: { kind: 'uniformly-small', message },
  };
}
