/** Where variances settle in a deep network, and what a layer does to gradients there (Poole et al. 2016; Schoenholz et al. 2017). */
import type { Activation } from '../../../language/network.ts';
import { expand } from './expansion.ts';
import { quick } from './gradedRule.ts';

/** Weights of variance `weight`/fan-in and biases of variance `bias`, with this mean: σw² and σb² of the papers. */
export interface Scale {
  readonly weight: number;
  readonly bias: number;
  readonly biasMean: number;
}

/** Variances beyond these count as grown without bound or died away. */
const largestVariance = 1e8;
const smallestVariance = 1e-12;
const mostSteps = 400;

/** q* with q* = σw² E[φ(√q* u)²] + σb², reached from 1 (eq. 3); clamped to 1e-12 … 1e8 where there is none. */
export function settledVariance(activation: Activation, scale: Scale): number {
  const next = (q: number): number =>
    clamp(scale.weight * meanSquares(activation, scale.biasMean, q).value + scale.bias);
  let q = 1;
  for (let step = 0; step < mostSteps; step++) {
    const once = next(q);
    const twice = next(once);
    // Aitken's extrapolation: near criticality plain iteration takes thousands of layers, as signals do.
    const curvature = twice - 2 * once + q;
    const jump = curvature === 0 ? twice : q - (once - q) ** 2 / curvature;
    const extrapolated =
      Number.isFinite(jump) && jump > 0 && Math.abs(jump - twice) < twice / 2 ? jump : twice;
    if (Math.abs(extrapolated - q) <= 1e-13 * q) return extrapolated;
    q = clamp(extrapolated);
  }
  return q;
}

/** χ₁ = σw² E[φ′(√q u)²] (eq. 5): by how much a layer multiplies the squared gradient. */
export function gradientGrowth(activation: Activation, scale: Scale, variance: number): number {
  return scale.weight * meanSquares(activation, scale.biasMean, variance).derivative;
}

/** σw² at which χ₁ = 1 with these biases, or undefined where no weight variance between 0.001 and 1,000 does it. */
export function criticalWeight(activation: Activation, scale: Scale): number | undefined {
  const excess = (logWeight: number): number => {
    const at = { ...scale, weight: Math.exp(logWeight) };
    return gradientGrowth(activation, at, settledVariance(activation, at)) - 1;
  };
  let low = Math.log(1e-3);
  let high = Math.log(1e3);
  if (!(excess(low) < 0 && excess(high) > 0)) return undefined;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

function meanSquares(
  activation: Activation,
  mean: number,
  variance: number,
): { readonly value: number; readonly derivative: number } {
  const { square, derivativeSquare } = expand(
    activation,
    Float64Array.of(mean),
    Float64Array.of(variance),
    quick,
  );
  return { value: square[0], derivative: derivativeSquare[0] };
}

function clamp(variance: number): number {
  return Math.max(smallestVariance, Math.min(largestVariance, variance));
}
