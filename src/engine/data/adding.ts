import type { DrawSamples } from './dataSet.ts';

/**
 * The adding problem (Hochreiter & Schmidhuber 1997, experiment 4; in the form of Le, Jaitly & Hinton 2015): `length` time steps
 * of two features, a number uniform in [0, 1) and a marker that is 1 at one random step of the first half and one of the
 * second, 0 elsewhere. The target is the sum of the two marked numbers. Always answering 1 has the mean squared error ⅙.
 */
export const adding: DrawSamples<'adding'> = ({ samples, length }, random) => {
  const inputs = new Float64Array(samples * length * 2);
  const targets = new Float64Array(samples);
  const half = Math.floor(length / 2);
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * length * 2;
    for (let step = 0; step < length; step++) {
      inputs[start + 2 * step] = random.uniform();
    }
    for (const step of [random.integer(half), half + random.integer(length - half)]) {
      inputs[start + 2 * step + 1] = 1;
      targets[sample] += inputs[start + 2 * step];
    }
  }
  return { inputs, targets };
};
