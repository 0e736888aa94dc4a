import type { DrawSamples } from './dataSet.ts';

/**
 * Standard normal inputs; the target is their product with a random direction of length 1, with normal noise added, so that
 * its variance is 1 + noise². With a single feature the direction is 1: the target is the input.
 */
export const linear: DrawSamples<'linear'> = ({ samples, noise, features }, random) => {
  const drawn = new Float64Array(features).map(() => random.normal());
  const norm = Math.sqrt(drawn.reduce((sum, weight) => sum + weight * weight, 0));
  const direction = features === 1 ? Float64Array.of(1) : drawn.map((weight) => weight / norm);
  const inputs = new Float64Array(samples * features).map(() => random.normal());
  const targets = Float64Array.from({ length: samples }, (_, sample) => {
    const row = inputs.subarray(sample * features, (sample + 1) * features);
    const exact = row.reduce((sum, value, feature) => sum + value * direction[feature], 0);
    return random.normal(exact, noise);
  });
  return { inputs, targets };
};
