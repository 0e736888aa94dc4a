/** The cells of the map: layers x steps, as many as there are pixels for. */

/** What a cell says instead of a number. */
export const cellZero = -1;
export const cellNotFinite = -2;
export const cellMissing = -3;

export interface MapCells {
  readonly columns: number;
  readonly rows: number;
  /** rows x columns, row-major: a place between `low` (0) and `high` (1), or one of the three above. */
  readonly shares: Float32Array;
  readonly hasZeros: boolean;
  readonly hasNotFinite: boolean;
}

export interface MapInput {
  /** One list a layer, undefined for a layer without the metric. */
  readonly series: readonly (ArrayLike<number> | undefined)[];
  readonly steps: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  readonly domain: MapDomain;
}

/** What the ends of the colours stand for: log10 of the values, or the plain values on a linear axis. */
export interface MapDomain {
  readonly scale: 'logarithmic' | 'linear';
  readonly low: number;
  readonly high: number;
}

/** The domain from the smallest to the largest of all values; on a logarithmic axis, of those above zero. */
export function mapDomain(lists: readonly ArrayLike<number>[], scale: MapDomain['scale']): MapDomain {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (let index = 0; index < list.length; index += 1) {
      const value = list[index] ?? Number.NaN;
      if (!Number.isFinite(value) || (scale === 'logarithmic' && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return { scale, low: 0, high: 0 };
  return scale === 'linear' ? { scale, low, high } : { scale, low: Math.log10(low), high: Math.log10(high) };
}

/**
 * Cells of equal stretches of steps. A cell over several values has their mean (of the logarithms, on a logarithmic axis);
 * what is not finite wins over all else, and an exact zero over every number, so that neither is averaged away.
 */
export function mapCells(input: MapInput, mostColumns: number, mostRows: number): MapCells {
  const { series, steps, from, to } = input;
  const count = steps.length;
  const columns = Math.max(1, Math.min(mostColumns, count));
  const rows = Math.max(1, Math.min(mostRows, series.length));
  // The last step has a stretch too; a single one has it all.
  const width = Math.max(1, to - from + (to - from) / Math.max(1, count - 1)) / columns;
  const bins = new Bins(rows * columns, input.domain);
  for (const [layer, values] of series.entries()) {
    if (values === undefined) continue;
    const cellRow = Math.floor((layer * rows) / series.length);
    for (let row = 0; row < count; row += 1) {
      const column = Math.min(columns - 1, Math.floor(((steps[row] ?? 0) - from) / width));
      bins.add(cellRow * columns + column, values[row] ?? Number.NaN);
    }
  }
  return { columns, rows, ...bins.finish(columns) };
}

/** Gathers values into cells. */
class Bins {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;
  private readonly special: Int8Array;
  private readonly domain: MapDomain;

  constructor(cells: number, domain: MapDomain) {
    this.sums = new Float64Array(cells);
    this.counts = new Uint32Array(cells);
    this.special = new Int8Array(cells);
    this.domain = domain;
  }

  add(cell: number, value: number): void {
    const isLogarithmic = this.domain.scale === 'logarithmic';
    if (!Number.isFinite(value)) {
      this.special[cell] = cellNotFinite;
    } else if (isLogarithmic && value <= 0) {
      this.special[cell] = Math.min(cellZero, this.special[cell] ?? 0);
    } else {
      this.sums[cell] = (this.sums[cell] ?? 0) + (isLogarithmic ? Math.log10(value) : value);
      this.counts[cell] = (this.counts[cell] ?? 0) + 1;
    }
  }

  finish(columns: number): Omit<MapCells, 'columns' | 'rows'> {
    const means = this.sums.map((sum, cell) => sum / (this.counts[cell] ?? 0));
    const { low, high } = this.domain;
    const span = high - low;
    const shares = new Float32Array(means.length);
    for (const [cell, mean] of means.entries()) {
      const special = this.special[cell] ?? 0;
      if (special !== 0) shares[cell] = special;
      else if (Number.isNaN(mean)) shares[cell] = this.beforeIn(shares, cell, columns);
      else shares[cell] = span === 0 ? 1 : (mean - low) / span;
    }
    return {
      shares,
      hasZeros: this.special.includes(cellZero),
      hasNotFinite: this.special.includes(cellNotFinite),
    };
  }

  /** A stretch without a recorded step goes on as the one before it. */
  private beforeIn(shares: Float32Array, cell: number, columns: number): number {
    return cell % columns === 0 ? cellMissing : (shares[cell - 1] ?? cellMissing);
  }
}

/** In words for those who do not see the map. */
export function describeMap(cells: MapCells, layers: number, steps: number, metric: string): string {
  const zeros = cells.hasZeros ? ', some exactly zero' : '';
  const notFinite = cells.hasNotFinite ? ', some not finite' : '';
  return `Map of ${metric}: ${layers} layers over ${steps} recorded steps${zeros}${notFinite}. The table has the numbers.`;
}
