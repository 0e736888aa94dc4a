const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** Decades that fill the height at least. */
const leastHeight = 0.5;

/**
 * A curve in one line of text: the logarithms of `values` in `width` bars, from the smallest to the largest of them.
 * Exact zeros are `·`, what is not finite is `×`. At least half a decade fills the height, so that noise looks flat.
 */
export function sparkline(values: ArrayLike<number>, width = 32): string {
  const columns = Array.from({ length: Math.min(width, values.length) }, (_, column) =>
    representative(values, column, Math.min(width, values.length)),
  );
  const logarithms = columns.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const largest = Math.max(...logarithms);
  const smallest = Math.min(...logarithms);
  const height = Math.max(leastHeight, largest - smallest);
  // A curve that is flat lies within the fifth bar, not on the border of two.
  const lowest = height > leastHeight ? smallest : (largest + smallest) / 2 - (height * 4.5) / bars.length;
  return columns
    .map((value) => {
      if (!Number.isFinite(value)) return '×';
      if (value <= 0) return '·';
      const level = Math.floor(((Math.log10(value) - lowest) / height) * bars.length);
      return bars[Math.min(bars.length - 1, Math.max(0, level))];
    })
    .join('');
}

/** The geometric mean over a column's share of the values, or what makes it meaningless. */
function representative(values: ArrayLike<number>, column: number, columns: number): number {
  const from = Math.floor((column * values.length) / columns);
  const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
  let sum = 0;
  let count = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) return value;
    if (value > 0) {
      sum += Math.log10(value);
      count += 1;
    }
  }
  return count === 0 ? 0 : 10 ** (sum / count);
}
