/**
 * What an expansion leaves out: Σ_{k ≥ N} fₖ gₖ cᵏ as a share of its value at correlation 1, N being the number of terms.
 *
 * Coefficients of a smooth function fall geometrically. Where φ′ has a corner their squares fall like k^−5/2, where it jumps like
 * k^−3/2 (those of φ one power faster): then the sum, taken as an integral, is an exponential integral E_p of half-integer order
 * (Abramowitz & Stegun 5.1.4, 5.1.14). It has the √(1 − c) singularity that decides over deep networks of hard_tanh or selu.
 */
import type { Roughness } from './activationFunctions.ts';
import { normalCumulative } from './normal.ts';

/** Shares of the remainder of φ′ and of φ at one correlation; 1 at correlation 1. */
export interface RemainderShares {
  derivative: number;
  value: number;
}

/** `ratio` is that of successive squared coefficients; it matters for smooth functions alone. */
export function remainderShares(
  roughness: Roughness,
  terms: number,
  ratio: number,
  correlation: number,
  shares: RemainderShares,
): void {
  const power = correlation ** terms;
  if (roughness === 'smooth' || correlation <= 0) {
    const geometric = (power * (1 - ratio)) / (1 - ratio * correlation);
    shares.derivative = geometric;
    shares.value = geometric * correlation;
    return;
  }
  const y = -(terms - 0.5) * Math.log(correlation);
  const decay = Math.exp(-y);
  const order32 = decay - 2 * Math.sqrt(Math.PI * y) * normalCumulative(-Math.sqrt(2 * y));
  const order52 = decay - 2 * y * order32;
  shares.derivative = roughness === 'jump' ? order32 : order52;
  shares.value = roughness === 'jump' ? order52 : decay - (2 / 3) * y * order52;
}
