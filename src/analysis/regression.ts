/** Straight line through values at 0, 1, 2 …, least squares. */
export interface Line {
  /** Change per step. */
  readonly slope: number;
  readonly intercept: number;
  /** 95 % confidence interval of the slope; infinitely wide with fewer than three points. */
  readonly low: number;
  readonly high: number;
  readonly points: number;
}

/** Line through the values that are finite; each keeps its place. With fewer than two of them the slope is not a number. */
export function fitLine(values: readonly number[]): Line {
  const places = values.flatMap((value, place) => (Number.isFinite(value) ? [place] : []));
  const points = places.length;
  const meanX = mean(places);
  const meanY = mean(places.map((place) => values[place] ?? NaN));
  let sumXX = 0;
  let sumXY = 0;
  for (const place of places) {
    sumXX += (place - meanX) ** 2;
    sumXY += (place - meanX) * ((values[place] ?? NaN) - meanY);
  }
  const slope = sumXY / sumXX;
  const intercept = meanY - slope * meanX;
  if (!(points > 2)) return { slope, intercept, low: -Infinity, high: Infinity, points };
  let residual = 0;
  for (const place of places) residual += ((values[place] ?? NaN) - intercept - slope * place) ** 2;
  const halfWidth = studentQuantile(points - 2) * Math.sqrt(residual / (points - 2) / sumXX);
  return { slope, intercept, low: slope - halfWidth, high: slope + halfWidth, points };
}

/** Value below which half of the numbers lie; not a number for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** exp of the mean logarithm; 0 if any value is 0, not a number for none. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 97.5 % quantile of Student's t for these degrees of freedom: table up to 4, then the Cornish-Fisher expansion (error below 0.2 %). */
function studentQuantile(freedom: number): number {
  const exact = [12.706, 4.303, 3.182, 2.776][freedom - 1];
  if (exact !== undefined) return exact;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
