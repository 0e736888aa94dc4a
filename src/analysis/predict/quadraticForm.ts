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
  /** samples². */
  readonly matrix: Float64Array;
  readonly rows: number;
  /** Mean entry ā. */
  readonly mean: number;
  readonly weights: PairWeights;
}

/** Notes the mean entry. */
export function prepareForm(matrix: Float64Array, weights: PairWeights): PreparedForm {
  let sum = 0;
  for (let index = 0; index < matrix.length; index++) sum += matrix[index];
  return { matrix, rows: Math.sqrt(matrix.length), mean: sum / matrix.length, weights };
}

/** Moments of errors units x samples; `products` may already hold those of others, which they are added to. */
export function errorMoments(
  errors: Float64Array,
  samples: number,
  products = new Float64Array(samples * samples),
): ErrorMoments {
  let squaredSum = 0;
  for (let start = 0; start < errors.length; start += samples) {
    let sum = 0;
    for (let row = 0; row < samples; row++) {
      const factor = errors[start + row];
      sum += factor;
      const base = row * samples;
      for (let column = 0; column < samples; column++) {
        products[base + column] += factor * errors[start + column];
      }
    }
    squaredSum += sum * sum;
  }
  return { products, squaredSum };
}

/**
 * Σ over pairs of samples and over units of weight·gᵢAᵢⱼgⱼ, never negative: A is split into ā11ᵀ, of which only the sum of g is
 * asked, and a remainder, which counts as 0 where it could be rounding.
 */
export function evaluateForm(form: PreparedForm, { products, squaredSum }: ErrorMoments): number {
  const { matrix, rows, mean, weights } = form;
  if (weights.matrix !== undefined) return weightedForm(matrix, weights.matrix, products);
  let remainder = 0;
  let squares = 0;
  for (let index = 0; index < matrix.length; index++) remainder += (matrix[index] - mean) * products[index];
  for (let row = 0; row < rows; row++) squares += products[row * (rows + 1)];
  if (Math.abs(remainder) < roundingShare * Math.abs(mean) * rows * squares) remainder = 0;
  return Math.max(0, mean * squaredSum + remainder) / (rows * rows);
}

/** Where a few samples stand for a batch, rounding is not what limits the form. */
function weightedForm(matrix: Float64Array, weights: Float64Array, products: Float64Array): number {
  let weighted = 0;
  let plain = 0;
  for (let index = 0; index < matrix.length; index++) {
    const term = matrix[index] * products[index];
    weighted += term * weights[index];
    plain += term;
  }
  return Math.max(weighted, (smallestShare * plain) / matrix.length, 0);
}
