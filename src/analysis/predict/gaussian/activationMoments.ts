/** Moments of an activation that say how much its output and its derivative vary over units. */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from './activationFunctions.ts';
import { fine, gradedRule } from './gradedRule.ts';

export interface ActivationMoments {
  /** Eφ⁴/(Eφ²)². */
  readonly kurtosis: number;
  /** Eφ′⁴/(Eφ′²)². */
  readonly derivativeKurtosis: number;
  /** d ln Eφ² / d ln q, q being the variance of the pre-activation. */
  readonly growth: number;
}

/** Moments at the pre-activation N(mean, variance). By parts, q·d/dq E f(√q u) = E[f (u² − 1)]/2: no second derivative is needed. */
export function activationMoments(activation: Activation, mean: number, variance: number): ActivationMoments {
  const { value, derivative } = scalarFunction(activation);
  const deviation = Math.sqrt(variance);
  if (!(deviation > 0)) return { kurtosis: 1, derivativeKurtosis: 1, growth: 0 };
  const { nodes, weights } = gradedRule(deviation, -mean / deviation, fine);
  const sums = { y2: 0, y4: 0, y2u: 0, d2: 0, d4: 0 };
  for (let node = 0; node < nodes.length; node++) {
    const u = nodes[node];
    const y = value(mean + deviation * u) ** 2;
    const d = derivative(mean + deviation * u) ** 2;
    const weight = weights[node];
    sums.y2 += weight * y;
    sums.y4 += weight * y * y;
    sums.y2u += (weight * y * (u * u - 1)) / 2;
    sums.d2 += weight * d;
    sums.d4 += weight * d * d;
  }
  return {
    kurtosis: sums.y2 > 0 ? sums.y4 / sums.y2 ** 2 : 1,
    derivativeKurtosis: sums.d2 > 0 ? sums.d4 / sums.d2 ** 2 : 1,
    growth: sums.y2 > 0 ? sums.y2u / sums.y2 : 0,
  };
}
