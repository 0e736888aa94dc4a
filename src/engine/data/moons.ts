import { elementary } from '../kernels/load.ts';
import type { DrawSamples } from './dataSet.ts';
import { planarPoints } from './planarPoints.ts';

/**
 * Two interleaving half circles, as `sklearn.datasets.make_moons` defines them: half of the samples at equal angles on the
 * upper arc (class 0), the rest on the lower arc shifted to (1, ½) (class 1), in random order, with normal noise added.
 */
export const moons: DrawSamples<'moons'> = ({ samples, noise }, random) => {
  const outer = Math.floor(samples / 2);
  const inner = samples - outer;
  return planarPoints(samples, noise, random, (index) => {
    const isOuter = index < outer;
    const angle = isOuter ? equalStep(index, outer) : equalStep(index - outer, inner);
    const [x, y] = [elementary.cosine(angle), elementary.sine(angle)];
    return isOuter ? { x, y, label: 0 } : { x: 1 - x, y: 1 - y - 0.5, label: 1 };
  });
};

/** The index-th of `count` equal steps from 0 to π, both ends included. */
function equalStep(index: number, count: number): number {
  return count === 1 ? 0 : (Math.PI * index) / (count - 1);
}
