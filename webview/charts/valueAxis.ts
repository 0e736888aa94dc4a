/**
 * The axis of a measured quantity. Logarithmic unless the quantity is a share: what is exactly zero, and what is not finite,
 * has no place on a logarithm and gets a band of its own below and above, so that it is seen rather than dropped.
 */
import { formatSetting } from '../../src/analysis/numbers.ts';

/** Axis units are decades on a logarithmic axis, and the plain number on a linear one. */
export interface ValueAxis {
  readonly scale: 'logarithmic' | 'linear';
  /** Where finite values lie, in axis units. */
  readonly low: number;
  readonly high: number;
  /** Ends of the axis, bands included. */
  readonly bottom: number;
  readonly top: number;
  /** Middle of the band of exact zeros (and, on a logarithmic axis, of negative numbers); undefined without one. */
  readonly zero: number | undefined;
  /** Middle of the band of infinities and NaN. */
  readonly notFinite: number | undefined;
  readonly ticks: readonly AxisTick[];
}

export interface AxisTick {
  readonly at: number;
  readonly label: string;
}

/** A band's part of the axis between `low` and `high`. */
const bandShare = 0.1;
/** A number's label is at least this part of the axis away from that of a band. */
const leastTickDistance = 0.1;
/** Decades that are shown at least: noise should not look like a mountain. */
const leastDecades = 1;
/** Decades beyond the values up to which a threshold is still worth showing. */
const mostReach = 12;

/** The axis over these values, long enough to show the thresholds too. */
export function logarithmicAxis(
  lists: readonly ArrayLike<number>[],
  thresholds: readonly number[] = [],
): ValueAxis {
  const seen = survey(lists);
  let low = Math.log10(seen.smallest);
  let high = Math.log10(seen.largest);
  if (low > high) [low, high] = [0, 0];
  for (const threshold of thresholds) {
    const at = Math.log10(threshold);
    if (!Number.isFinite(at)) continue;
    if (seen.smallest > seen.largest) [low, high] = [at, at];
    low = Math.min(low, Math.max(at, low - mostReach));
    high = Math.max(high, Math.min(at, high + mostReach));
  }
  const missing = Math.max(0, leastDecades - (high - low));
  low -= missing / 2;
  high += missing / 2;
  const room = 0.04 * (high - low);
  return withBands('logarithmic', low - room, high + room, seen, decadeTicks(low - room, high + room));
}

/** A plain axis over these values and zero. */
export function linearAxis(lists: readonly ArrayLike<number>[]): ValueAxis {
  const seen = survey(lists);
  const low = Math.min(0, seen.least);
  const high = Math.max(seen.most, low === 0 ? 0 : low);
  const end = high > low ? high : low + 1;
  return withBands('linear', low, end, { ...seen, zeros: false }, linearTicks(low, end));
}

/** Where a value lies on the axis. */
export function positionOn(axis: ValueAxis, value: number): number {
  if (!Number.isFinite(value)) return axis.notFinite ?? Number.NaN;
  if (axis.scale === 'linear') return value;
  return value > 0 ? Math.max(axis.bottom, Math.log10(value)) : (axis.zero ?? axis.bottom);
}

/** The value at a place of the axis. */
export function valueAt(axis: ValueAxis, position: number): number {
  const inside = Math.min(axis.high, Math.max(axis.low, position));
  return axis.scale === 'linear' ? inside : 10 ** inside;
}

interface Survey {
  readonly smallest: number;
  readonly largest: number;
  readonly least: number;
  readonly most: number;
  readonly zeros: boolean;
  readonly notFinite: boolean;
}

function survey(lists: readonly ArrayLike<number>[]): Survey {
  let [smallest, largest, least, most] = [Infinity, 0, Infinity, -Infinity];
  let [zeros, notFinite] = [false, false];
  for (const list of lists) {
    for (let index = 0; index < list.length; index += 1) {
      const value = list[index] ?? Number.NaN;
      if (!Number.isFinite(value)) {
        notFinite = true;
        continue;
      }
      if (value <= 0) {
        zeros = true;
      } else {
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
      }
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { smallest, largest, least, most, zeros, notFinite };
}

function withBands(
  scale: ValueAxis['scale'],
  low: number,
  high: number,
  { zeros, notFinite }: Pick<Survey, 'zeros' | 'notFinite'>,
  ticks: readonly AxisTick[],
): ValueAxis {
  const band = bandShare * (high - low);
  const zero = zeros ? low - band / 2 : undefined;
  const beyond = notFinite ? high + band / 2 : undefined;
  // Their labels need room beside those of the numbers.
  const room = leastTickDistance * (high - low);
  const isFree = ({ at }: AxisTick): boolean =>
    [zero, beyond].every((taken) => taken === undefined || Math.abs(at - taken) >= room);
  return {
    scale,
    low,
    high,
    bottom: zeros ? low - band : low,
    top: notFinite ? high + band : high,
    zero,
    notFinite: beyond,
    ticks: [
      ...(zero === undefined ? [] : [{ at: zero, label: '0' }]),
      ...ticks.filter(isFree),
      ...(beyond === undefined ? [] : [{ at: beyond, label: 'NaN, ∞' }]),
    ],
  };
}

/** At whole decades, thinned to eight at most; at 2 and 5 as well where there are few. */
function decadeTicks(low: number, high: number): AxisTick[] {
  const decades = high - low;
  const stride = [1, 2, 3, 5, 10, 20, 50, 100].find((every) => decades / every <= 8) ?? 200;
  const mantissas = decades <= 2.5 ? [1, 2, 5] : [1];
  const ticks: AxisTick[] = [];
  for (let decade = Math.floor(low / stride) * stride; decade <= high; decade += stride) {
    for (const mantissa of mantissas) {
      const at = decade + Math.log10(mantissa);
      if (at >= low && at <= high) ticks.push({ at, label: formatSetting(Number(`${mantissa}e${decade}`)) });
    }
  }
  return ticks;
}

/** At round numbers, five or so. */
export function linearTicks(low: number, high: number, count = 5): AxisTick[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: AxisTick[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + 1e-9 * step; index += 1) {
    const at = Number((index * step).toPrecision(12));
    ticks.push({ at, label: formatSetting(at) });
  }
  return ticks;
}
