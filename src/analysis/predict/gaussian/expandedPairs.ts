/** Dual activations by Mehler's formula, for every activation without a closed form. */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from './activationFunctions.ts';
import { clampCorrelation, type PairwiseDual } from './pairwiseDual.ts';
import { expand } from './expansion.ts';
import type { Precision } from './gradedRule.ts';
import { remainderShares } from './remainder.ts';

/**
 * E[f(u)g(v)] = Σ fₖ gₖ cᵏ. What lies beyond the last term is known where samples coincide (c = 1), from E[φ′²] and E[φ²], and
 * fades with c as `remainderShares` says.
 */
export function expandedPairs(
  activation: Activation,
  means: Float64Array,
  variances: Float64Array,
  precision: Precision,
): PairwiseDual {
  const points = means.length;
  const { terms } = precision;
  const { roughness } = scalarFunction(activation);
  const { mean, square, derivativeSquare, derivative } = expand(activation, means, variances, precision);
  const inverse = Float64Array.from({ length: terms }, (_, term) => 1 / (term + 1));
  const deviations = variances.map(Math.sqrt);
  const derivativeRest = new Float64Array(points);
  const valueRest = new Float64Array(points);
  for (let point = 0; point < points; point++) {
    let derivativeSum = 0;
    let valueSum = 0;
    for (let term = 0; term < terms; term++) {
      const power = derivative[point * terms + term] ** 2;
      derivativeSum += power;
      valueSum += power * inverse[term];
    }
    derivativeRest[point] = Math.sqrt(Math.max(0, derivativeSquare[point] - derivativeSum));
    valueRest[point] = Math.sqrt(Math.max(0, square[point] - mean[point] ** 2 - variances[point] * valueSum));
  }
  const ratio = geometricRatio(derivative, derivativeRest, terms);
  const shares = { derivative: 1, value: 1 };
  return {
    mean,
    evaluate: (row, column, covariance, result) => {
      const scale = deviations[row] * deviations[column];
      const correlation = row === column ? 1 : scale > 0 ? clampCorrelation(covariance / scale) : 0;
      let slopes = 0;
      let values = 0;
      const rowStart = row * terms;
      const columnStart = column * terms;
      for (let term = terms - 1; term >= 0; term--) {
        const product = derivative[rowStart + term] * derivative[columnStart + term];
        slopes = slopes * correlation + product;
        values = values * correlation + product * inverse[term];
      }
      remainderShares(roughness, terms, ratio, correlation, shares);
      result.derivative = slopes + derivativeRest[row] * derivativeRest[column] * shares.derivative;
      result.value =
        mean[row] * mean[column] +
        correlation * scale * values +
        valueRest[row] * valueRest[column] * shares.value;
    },
  };
}

/** Ratio of successive squared coefficients that makes a geometric series of the last ones and the remainder. */
function geometricRatio(coefficients: Float64Array, rest: Float64Array, terms: number): number {
  let remainder = 0;
  let last = 0;
  for (let point = 0; point < rest.length; point++) {
    // Two terms, because those of an odd or even function are 0 in turn.
    const end = (point + 1) * terms;
    last += (coefficients[end - 1] ** 2 + coefficients[end - 2] ** 2) / 2;
    remainder += rest[point] ** 2;
  }
  return remainder > 0 ? remainder / (remainder + last) : 0;
}
