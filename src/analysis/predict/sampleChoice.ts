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

/** How samples and pairs of samples count in the gradient of the whole batch, which is a mean over its samples. */
export interface PairWeights {
  /** Share of the batch that each sample stands for; they sum to 1. */
  readonly shares: Float64Array;
  /** samples²: weight of each pair in the square of the mean. Undefined where the batch is whole: then each is 1/samples². */
  readonly matrix: Float64Array | undefined;
}

export interface SampleChoice {
  readonly chosen: Batch;
  readonly weights: PairWeights;
}

/** Samples of one label, or of neighbouring values: rows of the batch. */
type Stratum = readonly number[];

/** Samples in each stratum of a batch whose targets hardly repeat. */
const samplesOfValues = 4;

/**
 * The whole batch where it is small. Otherwise `most` samples, each stratum of targets in its proportion (Cochran 1977, §5): whether the
 * errors of a batch cancel is a matter of its labels, and must not be one of chance.
 */
export function chooseSamples(batch: Batch, most: number): SampleChoice {
  const { count } = batch;
  if (count <= most) {
    const shares = new Float64Array(count).fill(1 / count);
    return { chosen: batch, weights: { shares, matrix: undefined } };
  }
  const strata = stratify(batch, most);
  const sizes = allocate(
    strata.map(({ length }) => length),
    most,
  );
  const rows = strata.map((stratum, index) => evenly(stratum, sizes[index]));
  const chosen: Batch = {
    ...batch,
    count: rows.flat().length,
    inputs: takeRows(batch.inputs, count, rows.flat()),
    targets: takeRows(batch.targets, count, rows.flat()),
  };
  return { chosen, weights: weightsOf(strata, sizes, count) };
}

function stratify({ targets, count }: Batch, most: number): readonly Stratum[] {
  const size = targets.length / count;
  const target = (row: number): number => targets[row * size];
  const order = Array.from({ length: count }, (_, row) => row).sort(
    (one, other) => target(one) - target(other) || one - other,
  );
  const labels = new Map<number, number[]>();
  for (const row of order) {
    const rows = labels.get(target(row));
    if (rows === undefined) labels.set(target(row), [row]);
    else rows.push(row);
  }
  if (labels.size <= most / 2) return [...labels.values()];
  const bins = Math.max(1, Math.floor(most / samplesOfValues));
  return Array.from({ length: bins }, (_, bin) =>
    order.slice(Math.round((bin * count) / bins), Math.round(((bin + 1) * count) / bins)),
  );
}

/** `most` samples shared out in proportion, two at least wherever there are two: one by itself knows no pairs. */
function allocate(populations: readonly number[], most: number): readonly number[] {
  const total = populations.reduce((sum, population) => sum + population, 0);
  const wanted = populations.map((population) => (most * population) / total);
  const sizes = wanted.map((share, index) => Math.max(Math.min(2, populations[index]), Math.floor(share)));
  const excess = (index: number): number => sizes[index] - wanted[index];
  const places = sizes.map((_, index) => index);
  for (let sum = sizes.reduce((a, b) => a + b, 0); sum !== most; sum += sum < most ? 1 : -1) {
    const free = places.filter((index) =>
      sum < most ? sizes[index] < populations[index] : sizes[index] > 2,
    );
    if (free.length === 0) break;
    const next = free.reduce((best, index) =>
      (sum < most ? excess(index) < excess(best) : excess(index) > excess(best)) ? index : best,
    );
    sizes[next] += sum < most ? 1 : -1;
  }
  return sizes;
}

/** Unbiased weights: Nc/nc for a sample, Nc(Nc−1)/nc(nc−1) for two of a stratum, NcNd/ncnd for two of different ones, over N². */
function weightsOf(strata: readonly Stratum[], sizes: readonly number[], count: number): PairWeights {
  const stratumOf = sizes.flatMap((size, stratum) => Array.from({ length: size }, () => stratum));
  const samples = stratumOf.length;
  const factor = strata.map(({ length }, stratum) => length / sizes[stratum]);
  const within = strata.map(({ length }, stratum) =>
    sizes[stratum] > 1 ? (factor[stratum] * (length - 1)) / (sizes[stratum] - 1) : 0,
  );
  const matrix = new Float64Array(samples * samples);
  for (let row = 0; row < samples; row++) {
    const own = stratumOf[row];
    for (let column = 0; column < samples; column++) {
      const other = stratumOf[column];
      const pair = row === column ? factor[own] : own === other ? within[own] : factor[own] * factor[other];
      matrix[row * samples + column] = pair / count ** 2;
    }
  }
  return { shares: Float64Array.from(stratumOf, (stratum) => factor[stratum] / count), matrix };
}

function evenly(stratum: Stratum, most: number): readonly number[] {
  return Array.from(
    { length: most },
    (_, index) => stratum[Math.floor(((index + 0.5) * stratum.length) / most)],
  );
}

function takeRows(values: Float64Array, count: number, rows: readonly number[]): Float64Array {
  const size = values.length / count;
  const taken = new Float64Array(rows.length * size);
  rows.forEach((row, index) => taken.set(values.subarray(row * size, (row + 1) * size), index * size));
  return taken;
}
