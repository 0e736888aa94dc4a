/** A dual activation asked pair by pair. */

/** E[φ(u)φ(v)] and E[φ′(u)φ′(v)] for one pair of points. */
export interface DualPair {
  value: number;
  derivative: number;
}

/** The dual activation of a layer whose pre-activations have known means and variances; pairs are asked for one by one. */
export interface PairwiseDual {
  /** points: E[φ]. */
  readonly mean: Float64Array;
  /** For points `row` and `column` with this centred covariance. */
  readonly evaluate: (row: number, column: number, covariance: number, result: DualPair) => void;
}

/** Rounding must not lead out of [−1, 1]. */
export function clampCorrelation(correlation: number): number {
  return correlation > 1 ? 1 : correlation < -1 ? -1 : correlation;
}
