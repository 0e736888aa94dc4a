/**
 * Dual activations (Daniely et al. 2016): how an elementwise activation turns the covariance of pre-activations into that of
 * activations, E[φ(u)φ(v)], and by how much it passes errors back, E[φ′(u)φ′(v)].
 */
import type { Activation } from '../../../language/network.ts';
import { rectifierPair } from './arcCosine.ts';
import { scalarFunction } from './activationFunctions.ts';
import { expand } from './expansion.ts';
import { quick, type Precision } from './gradedRule.ts';
import { remainderShares } from './remainder.ts';

/** For pre-activations at `points` places: expectations over the units of a wide layer. */
export interface Dual {
  /** points²: E[φφ], not centred. */
  readonly value: Float64Array;
  /** points²: E[φ′φ′]. */
  readonly derivative: Float64Array;
  /** points: E[φ]. */
  readonly mean: Float64Array;
}

/** Dual activation of jointly Gaussian pre-activations with these means (points) and this centred covariance (points²). */
export function dualActivation(
  activation: Activation,
  means: Float64Array,
  covariance: Float64Array,
  precision: Precision = quick,
): Dual {
  const points = means.length;
  const variances = Float64Array.from(means, (_, index) => Math.max(0, covariance[index * (points + 1)]!));
  const centred = means.every((mean) => mean === 0);
  if (centred && (activation.name === 'relu' || activation.name === 'leaky_relu')) {
    return rectifierDual(activation.name === 'relu' ? 0 : activation.parameter, variances, covariance);
  }
  if (activation.name === 'linear') return linearDual(means, covariance);
  if (activation.name === 'exponential') return exponentialDual(means, variances, covariance);
  return expandedDual(activation, means, variances, covariance, precision);
}

/** Correlation of two places; rounding must not lead out of [−1, 1], and a certain number correlates with nothing. */
function correlationOf(covariance: number, varianceU: number, varianceV: number): number {
  const scale = Math.sqrt(varianceU) * Math.sqrt(varianceV);
  return scale > 0 ? Math.max(-1, Math.min(1, covariance / scale)) : 0;
}

function forPairs(points: number, visit: (row: number, column: number, place: number) => void): void {
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) visit(row, column, row * points + column);
  }
}

function empty(points: number): Dual {
  return {
    value: new Float64Array(points * points),
    derivative: new Float64Array(points * points),
    mean: new Float64Array(points),
  };
}

function rectifierDual(slope: number, variances: Float64Array, covariance: Float64Array): Dual {
  const points = variances.length;
  const dual = empty(points);
  forPairs(points, (row, column, place) => {
    const [u, v] = [variances[row]!, variances[column]!];
    const mirrored = column * points + row;
    // At an exact 0 the derivative is that of the lower side, as in PyTorch.
    if (u === 0 || v === 0) {
      const below = (u === 0 ? slope : (1 + slope) / 2) * (v === 0 ? slope : (1 + slope) / 2);
      dual.derivative[place] = dual.derivative[mirrored] = below;
      return;
    }
    const pair = rectifierPair(slope, u, v, row === column ? 1 : correlationOf(covariance[place]!, u, v));
    dual.value[place] = dual.value[mirrored] = pair.value;
    dual.derivative[place] = dual.derivative[mirrored] = pair.derivative;
  });
  for (let point = 0; point < points; point++) {
    dual.mean[point] = (1 - slope) * Math.sqrt(variances[point]! / (2 * Math.PI));
  }
  return dual;
}

function linearDual(means: Float64Array, covariance: Float64Array): Dual {
  const points = means.length;
  const dual = empty(points);
  forPairs(points, (row, column, place) => {
    const mirrored = column * points + row;
    dual.value[place] = dual.value[mirrored] = covariance[place]! + means[row]! * means[column]!;
    dual.derivative[place] = dual.derivative[mirrored] = 1;
  });
  dual.mean.set(means);
  return dual;
}

/** E[e^{u+v}] = e^{m_u + m_v + (q_u + q_v)/2 + cov(u, v)}. */
function exponentialDual(means: Float64Array, variances: Float64Array, covariance: Float64Array): Dual {
  const points = means.length;
  const dual = empty(points);
  for (let point = 0; point < points; point++)
    dual.mean[point] = Math.exp(means[point]! + variances[point]! / 2);
  forPairs(points, (row, column, place) => {
    const mirrored = column * points + row;
    const value = dual.mean[row]! * dual.mean[column]! * Math.exp(covariance[place]!);
    dual.value[place] = dual.value[mirrored] = value;
    dual.derivative[place] = dual.derivative[mirrored] = value;
  });
  return dual;
}

/**
 * Mehler: E[f(u)g(v)] = Σ fₖ gₖ cᵏ. What lies beyond the last term is known where samples coincide (c = 1), from E[φ′²] and E[φ²],
 * and fades with c as `remainderShares` says.
 */
function expandedDual(
  activation: Activation,
  means: Float64Array,
  variances: Float64Array,
  covariance: Float64Array,
  precision: Precision,
): Dual {
  const points = means.length;
  const { terms } = precision;
  const inverse = Float64Array.from({ length: terms }, (_, term) => 1 / (term + 1));
  const dual = empty(points);
  const { mean, square, derivativeSquare, derivative } = expand(activation, means, variances, precision);
  const derivativeRest = new Float64Array(points);
  const valueRest = new Float64Array(points);
  for (let point = 0; point < points; point++) {
    let derivativeSum = 0;
    let valueSum = 0;
    for (let term = 0; term < terms; term++) {
      const power = derivative[point * terms + term]! ** 2;
      derivativeSum += power;
      valueSum += power * inverse[term]!;
    }
    derivativeRest[point] = Math.sqrt(Math.max(0, derivativeSquare[point]! - derivativeSum));
    valueRest[point] = Math.sqrt(
      Math.max(0, square[point]! - mean[point]! ** 2 - variances[point]! * valueSum),
    );
  }
  const { roughness } = scalarFunction(activation);
  const ratio = geometricRatio(derivative, derivativeRest, terms);
  const shares = { derivative: 1, value: 1 };
  const deviations = variances.map(Math.sqrt);
  for (let row = 0; row < points; row++) {
    const rowStart = row * terms;
    for (let column = 0; column <= row; column++) {
      const place = row * points + column;
      const columnStart = column * terms;
      const c = row === column ? 1 : correlationOf(covariance[place]!, variances[row]!, variances[column]!);
      remainderShares(roughness, terms, ratio, c, shares);
      let slopes = 0;
      let values = 0;
      for (let term = terms - 1; term >= 0; term--) {
        const product = derivative[rowStart + term]! * derivative[columnStart + term]!;
        slopes = slopes * c + product;
        values = values * c + product * inverse[term]!;
      }
      slopes += derivativeRest[row]! * derivativeRest[column]! * shares.derivative;
      const value =
        mean[row]! * mean[column]! +
        c * deviations[row]! * deviations[column]! * values +
        valueRest[row]! * valueRest[column]! * shares.value;
      const mirrored = column * points + row;
      dual.value[place] = dual.value[mirrored] = value;
      dual.derivative[place] = dual.derivative[mirrored] = slopes;
    }
  }
  dual.mean.set(mean);
  return dual;
}

/** Ratio of successive squared coefficients that makes a geometric series of the last ones and the remainder. */
function geometricRatio(coefficients: Float64Array, rest: Float64Array, terms: number): number {
  let remainder = 0;
  let last = 0;
  for (let point = 0; point < rest.length; point++) {
    // Two terms, because those of an odd or even function are 0 in turn.
    const end = (point + 1) * terms;
    last += (coefficients[end - 1]! ** 2 + coefficients[end - 2]! ** 2) / 2;
    remainder += rest[point]! ** 2;
  }
  return remainder > 0 ? remainder / (remainder + last) : 0;
}
