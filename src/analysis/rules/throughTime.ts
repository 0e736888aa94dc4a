/** Recurrent layers: the error's decay or growth from the last time step back to the first (Bengio, Simard & Frasconi 1994). */
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { formatFactor, formatNumber, formatSetting } from '../numbers.ts';
import { finalWindow, initialWindow, type Window } from '../profile.ts';
import { describe, type Profile } from '../profile.ts';
import { decayOf, growthOf, type DepthTrend } from '../depth.ts';
import { median } from '../regression.ts';
import { isStuck, lossAgainstConstant } from '../words.ts';

export function throughTime(facts: Facts): Ruling | undefined {
  const windows = [
    { when: 'at the end', window: finalWindow(facts.recording) },
    { when: 'at initialisation', window: initialWindow },
  ];
  for (const { when, window } of windows) {
    for (const { layer, profile } of timeProfiles(facts, window)) {
      const vanishes = decayOf(profile, 0, facts.thresholds.ratio);
      const trend = vanishes ?? growthOf(profile, facts.thresholds.ratio);
      if (trend !== undefined) return ruling(facts, layer, profile, trend, vanishes !== undefined, when);
    }
  }
  return undefined;
}

function ruling(
  facts: Facts,
  layer: number,
  profile: Profile,
  trend: DepthTrend,
  vanishes: boolean,
  when: string,
): Ruling | undefined {
  const { learning } = facts;
  const stuck = isStuck(learning);
  const layers = namesOf(facts, [layer]);
  const steps = profile.values.length;
  const short = `${layers[0]} through time: the error at time step ${trend.extreme + 1} is ${formatNumber(profile.values[trend.extreme] ?? NaN)}, ${formatFactor(trend.factor)} times ${vanishes ? 'less' : 'more'} than at step ${trend.output + 1} of ${steps}`;
  const evidence = {
    factor: trend.factor,
    perStep: trend.perLayer,
    timeSteps: steps,
    when,
    basis: trend.basis,
  };
  const message = `${short} ${when} (limit ${formatSetting(facts.thresholds.ratio)}); ${lossAgainstConstant(learning)}`;
  if (!stuck)
    return vanishes
      ? { finding: { id: 'vanishing-at-initialisation', severity: 'information', layers, message, evidence } }
      : undefined;
  return {
    finding: {
      id: vanishes ? 'vanishing-gradient' : 'exploding-gradient',
      severity: 'warning',
      layers,
      message,
      evidence,
    },
    verdict: { kind: vanishes ? 'vanishing' : 'exploding', message: short },
  };
}

/** Errors over time of each recurrent layer, medians over a window. */
function timeProfiles({ recording, layers }: Facts, window: Window): { layer: number; profile: Profile }[] {
  const stride = layers.reduce((total, layer) => total + (layer.timeSteps ?? 0), 0);
  const { timeErrors } = recording.rows;
  let offset = 0;
  return layers.flatMap((recorded, layer) => {
    const steps = recorded.timeSteps ?? 0;
    const begin = offset;
    offset += steps;
    if (steps < 2 || timeErrors.length < window.to * stride) return [];
    const values = Array.from({ length: steps }, (_, step) => {
      const seen: number[] = [];
      for (let row = window.from; row < window.to; row += 1)
        seen.push(timeErrors[row * stride + begin + step] ?? NaN);
      return median(seen.filter((value) => Number.isFinite(value)));
    });
    return [{ layer, profile: describe(values) }];
  });
}
