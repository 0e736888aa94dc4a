/** A number over several seeds: its median and a band around it. */
import { median } from './regression.ts';

export interface Band {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** With fewer seeds a tenth of them is less than one: their band reaches from the smallest to the largest value. */
const fewSeeds = 10;

/** Median and band of the values that are numbers; undefined where fewer than two are. */
export function bandOf(values: readonly number[]): Band | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  if (known.length < 2) return undefined;
  const [low, high] = known.length < fewSeeds ? [0, 1] : [0.1, 0.9];
  return { median: median(known), low: quantile(known, low), high: quantile(known, high) };
}

/** What the band of so many seeds holds, in words. */
export function bandName(seeds: number): string {
  return seeds < fewSeeds ? 'smallest to largest' : '10–90 %';
}

/** Between two values of the sorted list the quantile is their weighted mean (type 7 of Hyndman & Fan 1996, numpy's default). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [lower, upper] = [sorted[below] ?? Number.NaN, sorted[below + 1] ?? sorted[below] ?? Number.NaN];
  return place === below || lower === upper ? lower : lower + (upper - lower) * (place - below);
}
