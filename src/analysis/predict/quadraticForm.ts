/** gᵀAg where the entries of A are all but equal and those of g all but cancel: the form must not be made of rounding errors. */
import type { PairWeights } from './sampleChoice.ts';

/** Below this share of the terms that cancel, what is left of them is rounding. */
const roundingShare = 1e-13;

/** Where a batch stands for a larger one, pairs of its samples may cancel more than the larger batch's do: at least this share of the diagonal stays. */
const smallestShare = 0.2;

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
  readonly diagonal: Float64Array;
  readonly weights: PairWeights;
}

/** Splits A = ā11ᵀ + R. */
export function prepareForm(matrix: Float64Array, weights: PairWeights): PreparedForm {
  const rows = Math.sqrt(matrix.length);
  let sum = 0;
  for (const entry of matrix) sum += entry;
  const mean = sum / matrix.length;
  const rest = new Float64Array(matrix.length);
  for (let index = 0; index < rest.length; index++) rest[index] = (matrix[index]! - mean) * weights.different;
  const diagonal = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = row * (rows + 1);
    diagonal[row] = matrix[place]!;
    rest[place] = (matrix[place]! - mean) * weights.same;
  }
  return { mean, rest, diagonal, weights };
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
  const { mean, rest, diagonal, weights } = form;
  const rows = diagonal.length;
  let remainder = 0;
  for (let index = 0; index < rest.length; index++) remainder += rest[index]! * products[index]!;
  let squares = 0;
  let own = 0;
  for (let row = 0; row < rows; row++) {
    const square = products[row * (rows + 1)]!;
    squares += square;
    own += square * diagonal[row]!;
  }
  if (Math.abs(remainder) < roundingShare * Math.abs(mean) * rows * squares * weights.different)
    remainder = 0;
  const value =
    mean * (weights.different * squaredSum + (weights.same - weights.different) * squares) + remainder;
  const floor = weights.same === weights.different ? 0 : smallestShare * weights.same * own;
  return Math.max(floor, value, 0);
}
