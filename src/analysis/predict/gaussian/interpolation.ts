/**
 * Expansions as functions of the variance: where a batch's variances lie close together, a few of them determine the others to
 * rounding, by polynomials of ln q through Chebyshev's points (Berrut & Trefethen 2004, eq. 4.2).
 */
import type { Expansions } from './expansion.ts';

/** Interpolation is worth its while below this share of the points. */
const worthwhileShare = 0.5;
/** Relative error that is aimed at. */
const accuracy = 1e-12;
/** Distance in ln q to the nearest singularity of an expansion: how fast the polynomials converge. */
const analyticRadius = 2;

/** Half of the smallest range of ln q over which places are spread. */
const smallestHalf = 1e-3;

/** Variances to expand instead of the given ones, or undefined where there would not be fewer. */
export function interpolationPlaces(variances: Float64Array): Float64Array | undefined {
  let low = Infinity;
  let high = 0;
  for (const variance of variances) {
    low = Math.min(low, variance);
    high = Math.max(high, variance);
  }
  if (!(low > 0)) return undefined;
  // Places that all but coincide would make the weights of the formula below quotients of rounding errors.
  const half = Math.max(Math.log(high / low) / 2, smallestHalf);
  const ratio = half / (2 * analyticRadius);
  const count = Math.max(2, Math.ceil(Math.log(accuracy) / Math.log(ratio)) + 1);
  // The negated comparison also turns away what is infinite or not a number.
  if (!(ratio < 0.5 && count <= variances.length * worthwhileShare)) return undefined;
  const middle = (Math.log(low) + Math.log(high)) / 2;
  return Float64Array.from({ length: count }, (_, index) =>
    Math.exp(middle + half * chebyshevPoint(index, count)),
  );
}

/** Values at `variances` from those at `places`. */
export function interpolate(
  few: Expansions,
  places: Float64Array,
  variances: Float64Array,
  terms: number,
): Expansions {
  const count = variances.length;
  const nodes = places.map(Math.log);
  const all: Expansions = {
    mean: new Float64Array(count),
    square: new Float64Array(count),
    derivativeSquare: new Float64Array(count),
    derivative: new Float64Array(count * terms),
  };
  const shares = new Float64Array(places.length);
  for (let index = 0; index < count; index++) {
    lagrangeShares(nodes, Math.log(variances[index]), shares);
    for (let node = 0; node < nodes.length; node++) {
      const share = shares[node];
      all.mean[index] += share * few.mean[node];
      all.square[index] += share * few.square[node];
      all.derivativeSquare[index] += share * few.derivativeSquare[node];
      for (let term = 0; term < terms; term++) {
        all.derivative[index * terms + term] += share * few.derivative[node * terms + term];
      }
    }
  }
  return all;
}

function chebyshevPoint(index: number, count: number): number {
  return Math.cos((Math.PI * (2 * index + 1)) / (2 * count));
}

/** Weights of the nodes' values at x, by the barycentric formula. */
function lagrangeShares(nodes: Float64Array, x: number, shares: Float64Array): void {
  const count = nodes.length;
  let total = 0;
  for (let node = 0; node < count; node++) {
    const distance = x - nodes[node];
    if (distance === 0) {
      shares.fill(0);
      shares[node] = 1;
      return;
    }
    const weight = (node % 2 === 0 ? 1 : -1) * Math.sin((Math.PI * (2 * node + 1)) / (2 * count));
    shares[node] = weight / distance;
    total += shares[node];
  }
  for (let node = 0; node < count; node++) shares[node] /= total;
}
