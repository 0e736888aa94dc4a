/** How a profile changes with depth: whether it decays or grows towards the input, how surely, and on which layers that rests. */
import { limits } from './limits.ts';
import type { Profile } from './profile.ts';

/** A profile that changes by a factor from layer to layer. */
export interface DepthTrend {
  /** Positions of the layers that lie too low (decay) or too high (growth), from input to output. */
  readonly layers: readonly number[];
  /** The most extreme of them. */
  readonly extreme: number;
  /** The output-most layer with a value. */
  readonly output: number;
  /** Quotient of the larger and the smaller of the two, at least 1; infinite where the smaller is 0. */
  readonly factor: number;
  /** Factor per layer from the fitted line, at least 1. */
  readonly perLayer: number;
  /** 95 % interval of `perLayer`; [0, ∞] where there are too few layers for one. */
  readonly interval: readonly [number, number];
  /** The number that the extreme layer lies beyond. */
  readonly basis: 'threshold' | 'ratio' | 'explode';
}

/** The profile shrinks towards the input and its early layers are below `threshold` or below `ratio` of the output-most one. */
export function decayOf(profile: Profile, threshold: number, ratio: number): DepthTrend | undefined {
  const output = lastKnown(profile);
  const reference = profile.values[output] ?? NaN;
  if (!(reference > 0) || !slopes(profile, 1)) return undefined;
  const layers = positions(profile, (value, position) => {
    return (
      position < output &&
      value * limits.flatFactor < reference &&
      (value < threshold || value < ratio * reference)
    );
  });
  const extreme = layers.reduce(
    (best, position) => (at(profile, position) < at(profile, best) ? position : best),
    layers[0] ?? -1,
  );
  if (extreme < 0) return undefined;
  const value = at(profile, extreme);
  return {
    layers,
    extreme,
    output,
    factor: reference / value,
    ...perLayer(profile, 1),
    basis: value < ratio * reference ? 'ratio' : 'threshold',
  };
}

/** The profile grows towards the input, and its early layers exceed the output-most one 1/`ratio` times. */
export function growthOf(profile: Profile, ratio: number): DepthTrend | undefined {
  const output = lastKnown(profile);
  const reference = profile.values[output] ?? NaN;
  if (!(reference > 0) || !slopes(profile, -1)) return undefined;
  const layers = positions(profile, (value) => value * ratio > reference);
  const extreme = layers.reduce(
    (best, position) => (at(profile, position) > at(profile, best) ? position : best),
    layers[0] ?? -1,
  );
  if (extreme < 0) return undefined;
  return {
    layers,
    extreme,
    output,
    factor: at(profile, extreme) / reference,
    ...perLayer(profile, -1),
    basis: 'ratio',
  };
}

/** No layer is much smaller or larger than another. */
export function isFlat(profile: Profile): boolean {
  const known = profile.values.filter((value) => !Number.isNaN(value));
  return known.length > 0 && Math.max(...known) <= limits.flatFactor * Math.min(...known);
}

/** The fitted line rises (sign 1) or falls (−1) towards the output, by enough per layer and, given three layers, surely. */
function slopes(profile: Profile, sign: 1 | -1): boolean {
  const { line } = profile;
  const surely = line.points < 3 || (sign > 0 ? line.low > 0 : line.high < 0);
  return sign * line.slope > Math.log10(limits.decayPerLayer) && (surely || monotone(profile, sign));
}

/** Each value is below the next one (sign 1): with three or four layers a sure decay, whatever the regression's few degrees of freedom say. */
function monotone(profile: Profile, sign: 1 | -1): boolean {
  const known = profile.values.filter((value) => value > 0);
  return known.every((value, index) => index === 0 || sign * (value - (known[index - 1] ?? value)) > 0);
}

function perLayer(profile: Profile, sign: 1 | -1): Pick<DepthTrend, 'perLayer' | 'interval'> {
  const { slope, low, high } = profile.line;
  const bounds = [10 ** (sign * low), 10 ** (sign * high)].toSorted((a, b) => a - b);
  return { perLayer: 10 ** (sign * slope), interval: [bounds[0] ?? 0, bounds[1] ?? Infinity] };
}

function positions(profile: Profile, test: (value: number, position: number) => boolean): number[] {
  return profile.values.flatMap((value, position) => (test(value, position) ? [position] : []));
}

function lastKnown(profile: Profile): number {
  return profile.values.findLastIndex((value) => !Number.isNaN(value));
}

function at(profile: Profile, position: number): number {
  return profile.values[position] ?? NaN;
}
