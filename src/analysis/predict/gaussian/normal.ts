/**
 * The standard normal distribution: density, cumulative probability and its inverse, to full double precision.
 */

const densityAtZero = 1 / Math.sqrt(2 * Math.PI);

/** Beyond this many deviations the upper tail is smaller than rounding. */
const tableEnd = 8.5;
const tableStep = 1 / 64;

/**
 * Φ on a grid, by Taylor steps of Φ′ = γ. One step's remainder is h⁷/5040 · |He₆ γ| < 1e-16, so the table is exact to rounding.
 */
let cumulativeTable: Float64Array | undefined;

/** γ(x) = e^{−x²/2}/√(2π). */
export function normalDensity(x: number): number {
  return densityAtZero * Math.exp(-0.5 * x * x);
}

/** Φ(x), the probability that a standard normal number is below x; absolute error 5e-15. */
export function normalCumulative(x: number): number {
  const distance = Math.abs(x);
  if (!(distance < tableEnd)) return x > 0 ? 1 : x < 0 ? 0 : Number.NaN;
  const position = Math.round(distance / tableStep);
  cumulativeTable ??= buildCumulativeTable();
  const upper = cumulativeTable[position] + taylorStep(position * tableStep, distance - position * tableStep);
  return x >= 0 ? upper : 1 - upper;
}

/** The x with Φ(x) = probability, for probabilities strictly between 0 and 1: Newton's method from a rational start. */
export function normalQuantile(probability: number): number {
  if (probability === 0.5) return 0;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  // Abramowitz & Stegun 26.2.22, |error| < 3e-3; three Newton steps bring it to rounding.
  const t = Math.sqrt(-2 * Math.log(probability));
  let x = -(t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)));
  for (let step = 0; step < 3; step++) {
    x -= (normalCumulative(x) - probability) / normalDensity(x);
  }
  return x;
}

/** Φ(x + h) − Φ(x) for |h| ≤ 1/64, from the derivatives of γ (Hermite polynomials). */
function taylorStep(x: number, h: number): number {
  const x2 = x * x;
  const series =
    1 +
    h *
      (-x / 2 +
        h *
          ((x2 - 1) / 6 +
            h *
              ((x * (3 - x2)) / 24 +
                h * (((x2 - 6) * x2 + 3) / 120 + (h * x * (-15 + x2 * (10 - x2))) / 720))));
  return normalDensity(x) * h * series;
}

function buildCumulativeTable(): Float64Array {
  const table = new Float64Array(Math.ceil(tableEnd / tableStep) + 2);
  table[0] = 0.5;
  for (let index = 1; index < table.length; index++) {
    table[index] = table[index - 1] + taylorStep((index - 1) * tableStep, tableStep);
  }
  return table;
}
