import type { Random } from '../random.ts';
import type { Samples } from './dataSet.ts';

/** A point of the plane with its class. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** Places the points in random order and moves each by normal noise with the standard deviation `noise`. */
export function planarPoints(
  samples: number,
  noise: number,
  random: Random,
  pointAt: (index: number) => LabelledPoint,
): Samples {
  const inputs = new Float64Array(2 * samples);
  const targets = new Float64Array(samples);
  random.permutation(samples).forEach((index, place) => {
    const { x, y, label } = pointAt(index);
    inputs[2 * place] = random.normal(x, noise);
    inputs[2 * place + 1] = random.normal(y, noise);
    targets[place] = label;
  });
  return { inputs, targets };
}
