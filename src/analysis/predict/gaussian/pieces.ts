/**
 * Activations made of straight and parabolic pieces, for which every Gaussian expectation has a closed form: no quadrature
 * resolves the jumps of their derivatives as exactly.
 */
import type { Activation } from '../../../language/network.ts';
import { normalCumulative, normalDensity } from './normal.ts';

/** φ(x) = c₀ + c₁x + c₂x² between `from` and `to`. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly coefficients: readonly [constant: number, slope: number, curvature: number];
}

/** The pieces of an activation from −∞ to ∞, or undefined where it has none. */
export function piecesOf(activation: Activation): readonly Piece[] | undefined {
  const cut = (places: readonly number[], coefficients: readonly Piece['coefficients'][]): Piece[] =>
    coefficients.map((polynomial, index) => ({
      from: places[index - 1] ?? -Infinity,
      to: places[index] ?? Infinity,
      coefficients: polynomial,
    }));
  switch (activation.name) {
    case 'linear':
      return cut([], [[0, 1, 0]]);
    case 'relu':
      return cut(
        [0],
        [
          [0, 0, 0],
          [0, 1, 0],
        ],
      );
    case 'leaky_relu':
      return cut(
        [0],
        [
          [0, activation.parameter, 0],
          [0, 1, 0],
        ],
      );
    case 'hard_tanh':
      return cut(
        [-1, 1],
        [
          [-1, 0, 0],
          [0, 1, 0],
          [1, 0, 0],
        ],
      );
    case 'hard_sigmoid':
      return cut(
        [-3, 3],
        [
          [0, 0, 0],
          [0.5, 1 / 6, 0],
          [1, 0, 0],
        ],
      );
    case 'hard_swish':
      return cut(
        [-3, 3],
        [
          [0, 0, 0],
          [0, 0.5, 1 / 6],
          [0, 1, 0],
        ],
      );
    case 'relu6':
      return cut(
        [0, 6],
        [
          [0, 0, 0],
          [0, 1, 0],
          [6, 0, 0],
        ],
      );
    default:
      return undefined;
  }
}

/** What is needed of φ(m + s·u), u ~ N(0, 1): the coefficients of φ′ along Hermite's polynomials and three expectations. */
export interface PieceExpansion {
  readonly mean: number;
  readonly square: number;
  readonly derivativeSquare: number;
}

/** Fills `derivative` (its length says how many terms) with E[φ′(m + s·u) heₖ(u)] and returns the expectations. */
export function expandPieces(
  pieces: readonly Piece[],
  mean: number,
  deviation: number,
  derivative: Float64Array,
): PieceExpansion {
  derivative.fill(0);
  let expectation = 0;
  let square = 0;
  let derivativeSquare = 0;
  for (const { from, to, coefficients } of pieces) {
    const low = (from - mean) / deviation;
    const high = (to - mean) / deviation;
    // The piece as a polynomial of u: p₀ + p₁u + p₂u².
    const [c0, c1, c2] = coefficients;
    const p0 = c0 + mean * (c1 + mean * c2);
    const p1 = deviation * (c1 + 2 * mean * c2);
    const p2 = deviation * deviation * c2;
    const d0 = c1 + 2 * mean * c2;
    const d1 = 2 * deviation * c2;
    const [m0, m1, m2, m3, m4] = truncatedMoments(low, high);
    expectation += p0 * m0 + p1 * m1 + p2 * m2;
    square +=
      p0 * p0 * m0 + 2 * p0 * p1 * m1 + (p1 * p1 + 2 * p0 * p2) * m2 + 2 * p1 * p2 * m3 + p2 * p2 * m4;
    derivativeSquare += d0 * d0 * m0 + 2 * d0 * d1 * m1 + d1 * d1 * m2;
    addHermiteCoefficients(low, high, m0, d0, d1, derivative);
  }
  return { mean: expectation, square, derivativeSquare };
}

/** ∫ uᵐ γ(u) du from low to high for m = 0 … 4, by parts: Jₘ = (m−1) Jₘ₋₂ − [uᵐ⁻¹ γ]. */
function truncatedMoments(low: number, high: number): [number, number, number, number, number] {
  const densityLow = boundary(low);
  const densityHigh = boundary(high);
  const at = (place: number, density: number, power: number) =>
    density === 0 ? 0 : density * place ** power;
  // Both ends in the upper tail: differences there keep their digits only when mirrored.
  const m0 =
    low > 0
      ? normalCumulative(-low) - normalCumulative(-high)
      : normalCumulative(high) - normalCumulative(low);
  const m1 = densityLow - densityHigh;
  const m2 = m0 + at(low, densityLow, 1) - at(high, densityHigh, 1);
  const m3 = 2 * m1 + at(low, densityLow, 2) - at(high, densityHigh, 2);
  const m4 = 3 * m2 + at(low, densityLow, 3) - at(high, densityHigh, 3);
  return [m0, m1, m2, m3, m4];
}

/**
 * Adds ∫ (d₀ + d₁u) heₖ(u) γ(u) du over the piece, with ∫ heₖ γ = [−heₖ₋₁ γ]/√k and u heₖ = √(k+1) heₖ₊₁ + √k heₖ₋₁,
 * he being orthonormal Hermite polynomials.
 */
function addHermiteCoefficients(
  low: number,
  high: number,
  probability: number,
  d0: number,
  d1: number,
  target: Float64Array,
): void {
  if (d0 === 0 && d1 === 0) return;
  const terms = target.length;
  const integrals = new Float64Array(terms + 1);
  integrals[0] = probability;
  for (const [place, sign] of [
    [low, 1],
    [high, -1],
  ] as const) {
    const density = boundary(place);
    if (density === 0) continue;
    let before = 0;
    let current = 1;
    for (let term = 1; term <= terms; term++) {
      integrals[term] += (sign * density * current) / Math.sqrt(term);
      [before, current] = [current, (place * current - Math.sqrt(term - 1) * before) / Math.sqrt(term)];
    }
  }
  for (let term = 0; term < terms; term++) {
    target[term] += d0 * integrals[term];
    if (d1 !== 0) {
      target[term] +=
        d1 *
        (Math.sqrt(term + 1) * integrals[term + 1] + (term > 0 ? Math.sqrt(term) * integrals[term - 1] : 0));
    }
  }
}

function boundary(place: number): number {
  return Number.isFinite(place) ? normalDensity(place) : 0;
}
