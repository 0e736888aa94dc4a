/** A line of block characters for where nothing can be drawn: hovers and terminals. */

const blocks = '▁▂▃▄▅▆▇█';

/** Sparkline of log10 of positive values, `width` characters at most; zeros and what is not finite leave a gap. */
export function sparkline(values: ArrayLike<number>, width = 32): string {
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    return meanLogarithm(values, from, to);
  });
  const known = means.filter((value) => !Number.isNaN(value));
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return means
    .map((value) => {
      if (Number.isNaN(value)) return ' ';
      // Less than a hundredth of a decade is no change worth drawing.
      const height = span < 0.01 ? 0.5 : (value - low) / span;
      return blocks[Math.min(blocks.length - 1, Math.floor(height * blocks.length))];
    })
    .join('');
}

function meanLogarithm(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? NaN;
    if (value > 0 && value < Infinity) {
      sum += Math.log10(value);
      count += 1;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}
