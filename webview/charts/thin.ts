/** Lines with no more points than pixels can show. */

/** A point of a line: a step, and a place on the values' axis. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The line through (`steps`, `position(value)`) with at most the lowest and the highest point of each of `columns` equal
 * stretches between `from` and `to`, so that no spike is lost. First and last points stay.
 */
export function thinLine(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  position: (value: number) => number,
  columns: number,
  from: number,
  to: number,
): LinePoint[] {
  const count = Math.min(steps.length, values.length);
  const at = (row: number): LinePoint => ({ x: steps[row] ?? 0, y: position(values[row] ?? Number.NaN) });
  if (count <= 2 * columns) return Array.from({ length: count }, (_, row) => at(row));
  const points = [at(0)];
  const width = (to - from) / columns;
  let begin = 1;
  while (begin < count - 1) {
    const column = Math.floor(((steps[begin] ?? 0) - from) / width);
    let lowest = at(begin);
    let highest = lowest;
    let row = begin + 1;
    for (; row < count - 1 && Math.floor(((steps[row] ?? 0) - from) / width) === column; row += 1) {
      const y = position(values[row] ?? Number.NaN);
      if (y < lowest.y) lowest = { x: steps[row] ?? 0, y };
      else if (y > highest.y) highest = { x: steps[row] ?? 0, y };
    }
    if (lowest.x === highest.x) points.push(lowest);
    else points.push(...(lowest.x < highest.x ? [lowest, highest] : [highest, lowest]));
    begin = row;
  }
  points.push(at(count - 1));
  return points;
}

/** At most `most` of `count` positions, evenly spread, the first and the last among them. */
export function evenlyChosen(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  if (most <= 1) return count > 0 && most === 1 ? [0] : [];
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** Stretches of a line of medians at most. */
const mostStretches = 64;
/** Rows in a stretch at least: the median of fewer is no calmer than they are. */
const leastRows = 8;

/** Rows in each stretch of a line of medians; 1 where there are too few rows for one. */
export function rowsPerMedian(rows: number): number {
  return rows < 12 * leastRows ? 1 : Math.max(leastRows, Math.ceil(rows / mostStretches));
}

/**
 * The line through the medians of stretches of `rowsPerMedian` rows: mini-batches differ by decades, and lines of every
 * step cover each other. An exact zero or a NaN is the median only where most of a stretch is one.
 */
export function medianLine(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  position: (value: number) => number,
): LinePoint[] {
  const count = Math.min(steps.length, values.length);
  const each = rowsPerMedian(count);
  const points: LinePoint[] = [];
  for (let begin = 0; begin < count; begin += each) {
    const end = Math.min(count, begin + each);
    const places = Float64Array.from({ length: end - begin }, (_, row) =>
      position(values[begin + row] ?? Number.NaN),
    );
    places.sort();
    const x = begin === 0 ? 0 : end === count ? count - 1 : Math.floor((begin + end - 1) / 2);
    points.push({ x: steps[x] ?? 0, y: places[places.length >> 1] ?? Number.NaN });
  }
  return points;
}
