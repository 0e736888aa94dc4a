import type { DrawSamples } from './dataSet.ts';
import { planarPoints } from './planarPoints.ts';

/** The corners of the unit square in turn, in random order, with normal noise added; class 1 where exactly one coordinate is 1. */
export const xor: DrawSamples<'xor'> = ({ samples, noise }, random) => {
  return planarPoints(samples, noise, random, (index) => {
    const x = index % 2;
    const y = Math.floor(index / 2) % 2;
    return { x, y, label: x === y ? 0 : 1 };
  });
};
