/** Statistics of a few draws. */

/** Linear interpolation between order statistics, as numpy's default. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  const beyond = place % 1;
  // Logarithms of exact zeros: there is nothing between them and a number.
  if (!Number.isFinite(low)) return beyond < 0.5 ? low : high;
  return low + beyond * (high - low);
}

/** Variance of the finite values; 0 where there are none. */
export function variance(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return 0;
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
}
