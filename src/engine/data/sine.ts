import { elementary } from '../kernels/load.ts';
import type { GeneratedKind } from './dataSet.ts';

/** Inputs uniform in [−1, 1); the target is the mean over the features of sin(πx), one whole wave, with normal noise added. */
export const sine: GeneratedKind<'sine'> = {
  describe: (settings) => ({
    inputShape: [settings.features],
    target: { type: 'values', size: 1 },
    samples: settings.samples,
  }),
  generate({ samples, noise, features }, random) {
    const inputs = new Float64Array(samples * features).map(() => random.uniform(-1, 1));
    const targets = Float64Array.from({ length: samples }, (_, sample) => {
      let sum = 0;
      for (let feature = 0; feature < features; feature++) {
        sum += elementary.sine(Math.PI * inputs[sample * features + feature]!);
      }
      return random.normal(sum / features, noise);
    });
    return { inputs, targets };
  },
};
