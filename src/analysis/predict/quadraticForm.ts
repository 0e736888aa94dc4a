/** gᵀAg where the entries of A are all but equal and those of g all but cancel: the form must not be made of rounding errors. */
import type { PairWeights } from './sampleChoice.ts';

/** Below this share of the terms that cancel, what is left of them is rounding. */
const roundingShare = 1e-13;

/** Where a few samples stand for a larger batch, what they estimate of its cancellation may exceed what there is to cancel. */
const smallestShare = 0.05;

/** Moments of the errors g of some draws: everything that a quadratic form asks of them. */
export interface ErrorMoments {
  /** samples²: Σ over units of g gᵀ. */
  readonly products: Float64Array;
  /** Σ over units of (Σ over samples of g)². */
  readonly squaredSum: number;
}

/** A matrix of samples prepared for quadratic forms. */
export interface PreparedForm {
  /** Mean entry ā. */
  readonly mean: number;
  /** A − ā11ᵀ, times the pair weights. */
  readonly rest: Float64Array;
  readonly rows: number;
}

/** Splits A = ā11ᵀ + R. */
export function prepareForm(matrix: Float64Array, weights: PairWeights): PreparedForm {
  const rows = Math.sqrt(matrix.length);
  let sum = 0;
  for (const entry of matrix) sum += entry;
  const mean = sum / matrix.length;
  const rest = new Float64Array(matrix.length);
  for (let index = 0; index < rest.length; index++) rest[index] = (matrix[index]! - mean) * weights.different;
  for (let row = 0; row < rows; row++) {
    const place = row * (rows + 1);
    rest[place] = (matrix[place]! - mean) * weights.same;
  }
  return { mean, rest, rows };
}

/** Moments of errors units x samples. */
export function errorMoments(errors: Float64Array, samples: number): ErrorMoments {
  const products = new Float64Array(samples * samples);
  let squaredSum = 0;
  for (let start = 0; start < errors.length; start += samples) {
    let sum = 0;
    for (let row = 0; row < samples; row++) {
      const factor = errors[start + row]!;
      sum += factor;
      const base = row * samples;
      for (let column = 0; column < samples; column++) {
        products[base + column]! += factor * errors[start + column]!;
      }
    }
    squaredSum += sum * sum;
  }
  return { products, squaredSum };
}

/** Σ over pairs of samples and over units of weight·gᵢAᵢⱼgⱼ, never negative. */
export function evaluateForm(form: PreparedForm, { products, squaredSum }: ErrorMoments): number {
  const { mean, rest, rows } = form;
  let remainder = 0;
  for (let index = 0; index < rest.length; index++) remainder += rest[index]! * products[index]!;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += products[row * (rows + 1)]!;
  // Samples are chosen evenly over the targets: the sum of their errors is that of the whole batch, as it stands.
  const common = (mean * squaredSum) / (rows * rows);
  if (Math.abs(remainder) < (roundingShare * Math.abs(mean) * squares) / rows) remainder = 0;
  return Math.max(common + remainder, smallestShare * common, 0);
}
