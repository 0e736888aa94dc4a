/** Statistics of measurements, and how they are written. */

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** From the first to the third quartile, relative to the median: how far rounds lie apart. */
export function spread(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place));
  return below + (place - Math.floor(place)) * (above - below);
}

/**
 * b of y = a · xᵇ by least squares of the logarithms, over the upper half of the points: where x is small, constant parts
 * hide the growth.
 */
export function exponent(points: readonly (readonly [number, number])[]): number {
  const logarithms = points
    .slice(Math.floor((points.length - 1) / 2))
    .map(([x, y]): readonly [number, number] => [Math.log(x), Math.log(y)]);
  const mean = (place: 0 | 1): number =>
    logarithms.reduce((sum, point) => sum + point[place], 0) / logarithms.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logarithms.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logarithms.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** Three significant digits, thousands apart. */
export function write(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits > 4 ? 0 : digits,
    maximumFractionDigits: digits,
  });
}

/** A share as a whole percentage. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
