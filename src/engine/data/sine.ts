import { elementary } from '../kernels/load.ts';
import type { DrawSamples } from './dataSet.ts';

/** Inputs uniform in [−1, 1); the target is the mean over the features of sin(πx), one whole wave, with normal noise added. */
export const sine: DrawSamples<'sine'> = ({ samples, noise, features }, random) => {
  const inputs = new Float64Array(samples * features).map(() => random.uniform(-1, 1));
  const targets = Float64Array.from({ length: samples }, (_, sample) => {
    let sum = 0;
    for (let feature = 0; feature < features; feature++) {
      sum += elementary.sine(Math.PI * inputs[sample * features + feature]);
    }
    return random.normal(sum / features, noise);
  });
  return { inputs, targets };
};
