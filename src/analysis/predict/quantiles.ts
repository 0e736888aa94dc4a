/** Statistics of a few draws. */

/** Linear interpolation between order statistics, as numpy's default. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low === high ? low : low + (place % 1) * (high - low);
}

/** Variance of the finite values; 0 where there are none. */
export function variance(values: Float64Array): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2);
}
