/** A mini-batch small enough for the recursion, and how to count it as the whole batch that it stands for. */
import type { Target } from '../../language/network.ts';

/** Samples of the batch that is trained on. */
export interface Batch {
  /** count x entries of an input, row-major. */
  readonly inputs: Float64Array;
  /** Class indices, count x rows, or values, count x size. */
  readonly targets: Float64Array;
  readonly count: number;
  readonly target: Target;
}

/**
 * Weights of a sample's square and of a pair of different samples in the square of the batch's gradient: the gradient of N samples
 * is a mean, so that ‖∇‖² = (1/N) mean of Aᵢᵢ + (1 − 1/N) mean of Aᵢⱼ, both means estimated on the chosen samples.
 */
export interface PairWeights {
  readonly same: number;
  readonly different: number;
}

export interface SampleChoice {
  readonly chosen: Batch;
  readonly weights: PairWeights;
  /** What each sample counts, 1 on average: labels keep the frequencies that they have in the whole batch. */
  readonly counts: Float64Array;
}

/** The whole batch where it is small; otherwise `most` samples, spread evenly over its targets. */
export function chooseSamples(batch: Batch, most: number): SampleChoice {
  const { count } = batch;
  if (count <= most) {
    const even = 1 / count ** 2;
    return {
      chosen: batch,
      weights: { same: even, different: even },
      counts: new Float64Array(count).fill(1),
    };
  }
  const rows = evenly(orderByTarget(batch), most);
  const chosen: Batch = {
    ...batch,
    count: most,
    inputs: takeRows(batch.inputs, count, rows),
    targets: takeRows(batch.targets, count, rows),
  };
  const same = 1 / (count * most);
  const different = most > 1 ? (count - 1) / (count * most * (most - 1)) : 0;
  return { chosen, weights: { same: most > 1 ? same : 1, different }, counts: labelCounts(batch, chosen) };
}

/** Sorted by the first target, a label or a value, so that even steps take every class in its proportion. */
function orderByTarget({ targets, count }: Batch): readonly number[] {
  const size = targets.length / count;
  return Array.from({ length: count }, (_, row) => row).sort(
    (one, other) => targets[one * size] - targets[other * size] || one - other,
  );
}

/** How often a sample's first target occurs in the batch, by how often among the chosen; all 1 where targets hardly repeat. */
function labelCounts(batch: Batch, chosen: Batch): Float64Array {
  const frequencies = ({ targets, count }: Batch): Map<number, number> => {
    const found = new Map<number, number>();
    const size = targets.length / count;
    for (let row = 0; row < count; row++) {
      found.set(targets[row * size], (found.get(targets[row * size]) ?? 0) + 1 / count);
    }
    return found;
  };
  const whole = frequencies(batch);
  const part = frequencies(chosen);
  const size = chosen.targets.length / chosen.count;
  return Float64Array.from({ length: chosen.count }, (_, row) => {
    const label = chosen.targets[row * size];
    return whole.size <= chosen.count / 2 ? (whole.get(label) ?? 1) / (part.get(label) ?? 1) : 1;
  });
}

function evenly(order: readonly number[], most: number): readonly number[] {
  return Array.from({ length: most }, (_, index) => order[Math.floor(((index + 0.5) * order.length) / most)]);
}

function takeRows(values: Float64Array, count: number, rows: readonly number[]): Float64Array {
  const size = values.length / count;
  const taken = new Float64Array(rows.length * size);
  rows.forEach((row, index) => taken.set(values.subarray(row * size, (row + 1) * size), index * size));
  return taken;
}
