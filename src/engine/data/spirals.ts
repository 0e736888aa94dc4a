import { elementary } from '../kernels/load.ts';
import type { DrawSamples } from './dataSet.ts';
import { planarPoints } from './planarPoints.ts';

/** How far each arm winds, in turns. */
const turns = 1;

/**
 * Interleaving spiral arms, one a class, after the two-spirals problem (Lang & Witbrock 1988): along an arm the radius grows
 * from 0 to 1 while the angle makes one turn; the arms start at equal angles. Samples stand at equal steps, in random order,
 * with normal noise added to both coordinates.
 */
export const spirals: DrawSamples<'spirals'> = ({ samples, noise, classes }, random) => {
  const lengthOfArm = Math.ceil(samples / classes);
  return planarPoints(samples, noise, random, (index) => {
    const label = index % classes;
    const radius = (Math.floor(index / classes) + 1) / lengthOfArm;
    const angle = 2 * Math.PI * (turns * radius + label / classes);
    return { x: radius * elementary.cosine(angle), y: radius * elementary.sine(angle), label };
  });
};
