/** The arc-cosine kernels of degree 1 and 0 (Cho & Saul 2009, eqs. 3 and 6), which are the dual activations of rectifiers. */
import type { DualPair } from './pairwiseDual.ts';

/** φ(x) = x for x > 0 and slope·x below; (u, v) centred, `scale` the product of their deviations. */
export function rectifierPair(slope: number, scale: number, correlation: number, result: DualPair): void {
  const angle = Math.acos(correlation);
  const above = (Math.sin(angle) + (Math.PI - angle) * correlation) / (2 * Math.PI);
  const both = (Math.PI - angle) / (2 * Math.PI);
  // φ = slope·x + (1 − slope)·relu(x), and E[u relu(v)] = E[uv]/2.
  const step = (1 - slope) ** 2;
  result.value = scale * (slope * correlation + step * above);
  result.derivative = slope + step * both;
}
