/**
 * Dual activations in closed form, for centred pre-activations: the arc-cosine kernels of Cho & Saul 2009 (eqs. 3 and 6, degree 1 and
 * 0) for rectifiers, and the exponential.
 */

/** E[φ(u)φ(v)] and E[φ′(u)φ′(v)] for one pair. */
export interface DualPair {
  readonly value: number;
  readonly derivative: number;
}

/** φ(x) = x for x > 0, slope·x below; (u, v) centred with the given variances and correlation in [−1, 1]. */
export function rectifierPair(
  slope: number,
  varianceU: number,
  varianceV: number,
  correlation: number,
): DualPair {
  const scale = Math.sqrt(varianceU * varianceV);
  const angle = Math.acos(correlation);
  const above = (Math.sin(angle) + (Math.PI - angle) * correlation) / (2 * Math.PI);
  const both = (Math.PI - angle) / (2 * Math.PI);
  // φ = slope·x + (1 − slope)·relu(x), and E[u relu(v)] = E[uv]/2.
  const step = (1 - slope) ** 2;
  return {
    value: scale * (slope * correlation + step * above),
    derivative: slope + step * both,
  };
}
