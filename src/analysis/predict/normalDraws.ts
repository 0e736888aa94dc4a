/**
 * Normal numbers for the few places where a prediction draws: the same at every call, and stratified (McKay, Beckman & Conover
 * 1979), so that 128 draws of one number have exactly the quantiles of the normal distribution.
 */
import { normalQuantile } from './gaussian/normal.ts';

const quantiles = new Map<number, Float64Array>();

/** A fixed stream of normal numbers. */
export class NormalDraws {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 0x9e3779b9) >>> 0 || 1;
  }

  /** dimensions x count normal numbers: in every dimension the count midpoint quantiles, in an order of its own. */
  stratified(dimensions: number, count: number): Float64Array {
    const values = new Float64Array(dimensions * count);
    const sorted = midpointQuantiles(count);
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const row = values.subarray(dimension * count, (dimension + 1) * count);
      row.set(sorted);
      for (let index = count - 1; index > 0; index--) {
        const other = Math.floor(this.uniform() * (index + 1));
        [row[index], row[other]] = [row[other], row[index]];
      }
    }
    return values;
  }

  /** xorshift32 (Marsaglia 2003), in [0, 1). */
  private uniform(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }
}

function midpointQuantiles(count: number): Float64Array {
  let values = quantiles.get(count);
  if (values === undefined) {
    values = Float64Array.from({ length: count }, (_, index) => normalQuantile((index + 0.5) / count));
    quantiles.set(count, values);
  }
  return values;
}
