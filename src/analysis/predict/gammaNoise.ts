/** The logarithm of a positive quantity with mean 1 and a given variance: sums of many squares are close to gamma distributed. */

/**
 * ln of the gamma quantile (mean 1, this variance) that belongs to the normal quantile z: Wilson & Hilferty 1931, and where that
 * leaves the positive numbers the power law of the lower tail, P(g < x) ≈ (kx)ᵏ/Γ(k+1), k = 1/variance.
 */
export function logGammaQuantile(variance: number, z: number, probability: number): number {
  if (variance < 1e-12) return 0;
  const root = 1 - variance / 9 + (z * Math.sqrt(variance)) / 3;
  if (root > 0.3) return 3 * Math.log(root);
  const shape = 1 / variance;
  return (Math.log(probability) + logGamma(shape + 1)) / shape - Math.log(shape);
}

/** The same for a lognormal quantity, whose upper tail is the longer one. */
export function logNormalQuantile(variance: number, z: number): number {
  const logVariance = Math.log1p(variance);
  return Math.sqrt(logVariance) * z - logVariance / 2;
}

/** ln Γ(x) for x ≥ 1, Stirling's series after a shift; error below 1e-10. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 8) product *= shifted++;
  const inverse = 1 / shifted;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 / 1260));
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
  );
}
