/**
 * φ and φ′ of one Gaussian pre-activation, expanded along orthogonal polynomials: what a pair of such expansions says about two
 * correlated pre-activations is then one power series in their correlation (Mehler's formula).
 */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from './activationFunctions.ts';
import { gradedRule, type Precision } from './gradedRule.ts';
import { interpolate, interpolationPlaces } from './interpolation.ts';
import { expandPieces, piecesOf } from './pieces.ts';

/** Expansions of φ(mean + √variance·u) for a number of pre-activations, side by side. */
export interface Expansions {
  /** E[φ]. */
  readonly mean: Float64Array;
  /** E[φ²]. */
  readonly square: Float64Array;
  /** E[φ′²]. */
  readonly derivativeSquare: Float64Array;
  /** `terms` numbers for each: bₖ = E[φ′ pₖ(u)]. Those of φ follow: aₖ₊₁ = √variance · bₖ / √(k+1). */
  readonly derivative: Float64Array;
}

/** Expands the activation for pre-activations N(means[i], variances[i]); a variance of 0 is a certain number. */
export function expand(
  activation: Activation,
  means: Float64Array,
  variances: Float64Array,
  precision: Precision,
): Expansions {
  const places = means.every((mean) => mean === means[0]) ? interpolationPlaces(variances) : undefined;
  if (places === undefined) return expandEach(activation, means, variances, precision);
  const few = expandEach(activation, means.slice(0, places.length), places, precision);
  return interpolate(few, places, variances, precision.terms);
}

function expandEach(
  activation: Activation,
  means: Float64Array,
  variances: Float64Array,
  precision: Precision,
): Expansions {
  const count = variances.length;
  const { terms } = precision;
  const expansions: Expansions = {
    mean: new Float64Array(count),
    square: new Float64Array(count),
    derivativeSquare: new Float64Array(count),
    derivative: new Float64Array(count * terms),
  };
  const pieces = piecesOf(activation);
  const { value, derivative } = scalarFunction(activation);
  const slopes = new Float64Array(2 * precision.nodesPerSide);
  // One rule for the batch where it fits all: the same polynomials on both sides of every pair.
  const largest = Math.sqrt(variances.reduce((most, variance) => Math.max(most, variance), 0));
  for (let index = 0; index < count; index++) {
    const mean = means[index];
    const variance = variances[index];
    const coefficients = expansions.derivative.subarray(index * terms, (index + 1) * terms);
    if (index > 0 && mean === means[index - 1] && nearlyEqual(variance, variances[index - 1])) {
      // Deep in a network all samples look alike: nothing is computed twice.
      expansions.mean[index] = expansions.mean[index - 1];
      expansions.square[index] = expansions.square[index - 1];
      expansions.derivativeSquare[index] = expansions.derivativeSquare[index - 1];
      expansions.derivative.copyWithin(index * terms, (index - 1) * terms, index * terms);
    } else if (!(variance > 0)) {
      coefficients[0] = derivative(mean);
      expansions.mean[index] = value(mean);
      expansions.square[index] = value(mean) ** 2;
      expansions.derivativeSquare[index] = derivative(mean) ** 2;
    } else if (pieces !== undefined) {
      const found = expandPieces(pieces, mean, Math.sqrt(variance), coefficients);
      expansions.mean[index] = found.mean;
      expansions.square[index] = found.square;
      expansions.derivativeSquare[index] = found.derivativeSquare;
    } else {
      const deviation = Math.sqrt(variance);
      const { nodes, weights, weightedPolynomials } = gradedRule(
        largest < 8 * deviation ? largest : deviation,
        mean === 0 ? 0 : -mean / deviation,
        precision,
      );
      let first = 0;
      let second = 0;
      let squares = 0;
      for (let node = 0; node < nodes.length; node++) {
        const x = mean + deviation * nodes[node];
        const weight = weights[node];
        const y = value(x);
        const slope = derivative(x);
        slopes[node] = slope;
        first += weight * y;
        second += weight * y * y;
        squares += weight * slope * slope;
      }
      for (let term = 0, place = 0; term < terms; term++) {
        let sum = 0;
        for (let node = 0; node < nodes.length; node++, place++)
          sum += slopes[node] * weightedPolynomials[place];
        coefficients[term] = sum;
      }
      expansions.mean[index] = first;
      expansions.square[index] = second;
      expansions.derivativeSquare[index] = squares;
    }
  }
  return expansions;
}

/** Equal to rounding. */
function nearlyEqual(one: number, other: number): boolean {
  return Math.abs(one - other) <= 4e-16 * one;
}
