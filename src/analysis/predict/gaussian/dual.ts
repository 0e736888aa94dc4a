/**
 * Dual activations (Daniely et al. 2016): how an elementwise activation turns the covariance of pre-activations into that of
 * activations, E[φ(u)φ(v)], and by how much it passes errors back, E[φ′(u)φ′(v)].
 */
import type { Activation } from '../../../language/network.ts';
import { rectifierPair } from './arcCosine.ts';
import { expandedPairs } from './expandedPairs.ts';
import { quick, type Precision } from './gradedRule.ts';
import { clampCorrelation, type PairwiseDual } from './pairwiseDual.ts';

/** For all pairs of points at once. */
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
  const variances = Float64Array.from(means, (_, point) => Math.max(0, covariance[point * (points + 1)]));
  const { mean, evaluate } = pairwiseDual(activation, means, variances, precision);
  const value = new Float64Array(points * points);
  const derivative = new Float64Array(points * points);
  const pair = { value: 0, derivative: 0 };
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) {
      evaluate(row, column, covariance[row * points + column], pair);
      value[row * points + column] = value[column * points + row] = pair.value;
      derivative[row * points + column] = derivative[column * points + row] = pair.derivative;
    }
  }
  return { value, derivative, mean };
}

/** Prepares the pairs of these points: closed forms where there are any, expansions otherwise. */
export function pairwiseDual(
  activation: Activation,
  means: Float64Array,
  variances: Float64Array,
  precision: Precision = quick,
): PairwiseDual {
  const centred = means.every((mean) => mean === 0);
  if (activation.name === 'linear') return linearPairs(means);
  if (activation.name === 'exponential') return exponentialPairs(means, variances);
  if (centred && activation.name === 'relu') return rectifierPairs(0, variances);
  if (centred && activation.name === 'leaky_relu') return rectifierPairs(activation.parameter, variances);
  return expandedPairs(activation, means, variances, precision);
}

function linearPairs(means: Float64Array): PairwiseDual {
  return {
    mean: means.slice(),
    evaluate: (row, column, covariance, result) => {
      result.value = covariance + means[row] * means[column];
      result.derivative = 1;
    },
  };
}

/** E[e^{u+v}] = e^{m_u + m_v + (q_u + q_v)/2 + cov(u, v)}. */
function exponentialPairs(means: Float64Array, variances: Float64Array): PairwiseDual {
  const mean = means.map((value, point) => Math.exp(value + variances[point] / 2));
  return {
    mean,
    evaluate: (row, column, covariance, result) => {
      result.value = mean[row] * mean[column] * Math.exp(covariance);
      result.derivative = result.value;
    },
  };
}

function rectifierPairs(slope: number, variances: Float64Array): PairwiseDual {
  const deviations = variances.map(Math.sqrt);
  return {
    mean: deviations.map((deviation) => ((1 - slope) * deviation) / Math.sqrt(2 * Math.PI)),
    evaluate: (row, column, covariance, result) => {
      const u = deviations[row];
      const v = deviations[column];
      if (u === 0 || v === 0) {
        // A pre-activation that is exactly 0 has the derivative of the lower side, as in PyTorch.
        result.value = 0;
        result.derivative = (u === 0 ? slope : (1 + slope) / 2) * (v === 0 ? slope : (1 + slope) / 2);
        return;
      }
      rectifierPair(slope, u * v, row === column ? 1 : clampCorrelation(covariance / (u * v)), result);
    },
  };
}
