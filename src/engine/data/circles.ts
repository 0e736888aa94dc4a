import { elementary } from '../kernels/load.ts';
import type { DrawSamples } from './dataSet.ts';
import { planarPoints } from './planarPoints.ts';

/**
 * A large circle around a smaller one, as `sklearn.datasets.make_circles` defines them: half of the samples at equal angles on
 * the unit circle (class 0), the rest on one of radius `factor` (class 1), in random order, with normal noise added.
 */
export const circles: DrawSamples<'circles'> = ({ samples, noise, factor }, random) => {
  const outer = Math.floor(samples / 2);
  return planarPoints(samples, noise, random, (index) => {
    const isOuter = index < outer;
    const turn = isOuter ? index / outer : (index - outer) / (samples - outer);
    const angle = 2 * Math.PI * turn;
    const radius = isOuter ? 1 : factor;
    const label = isOuter ? 0 : 1;
    return { x: radius * elementary.cosine(angle), y: radius * elementary.sine(angle), label };
  });
};
