/** Dropout: every point of every unit has a mask of its own, so that only a point's moment with itself grows, by 1/(1 − p). */
import type { Operation } from '../operation.ts';
import { normalCumulative } from '../gaussian/normal.ts';
import { pointsOf, type Signal } from '../signal.ts';

/** Zeroes each number with this probability and scales the others by 1/(1 − probability). */
export function dropoutOperation(input: Signal, probability: number): Operation {
  const kept = 1 - probability;
  const points = pointsOf(input);
  const masked = (matrix: Float64Array): Float64Array => {
    if (!(kept > 0)) return new Float64Array(matrix.length);
    const result = matrix.slice();
    for (let point = 0; point < points; point++) result[point * (points + 1)] /= kept;
    return result;
  };
  return {
    signal: {
      samples: input.samples,
      spatial: input.spatial,
      features: input.features,
      second: masked(input.second),
      mean: kept > 0 ? input.mean : new Float64Array(points),
      get kurtosis() {
        return kept > 0 ? input.kurtosis / kept : 1;
      },
      drawFeatures: (count, draws) => {
        const values = input.drawFeatures(count, draws);
        const masks = draws.stratified(1, values.length);
        return values.map((value, index) =>
          normalCumulative(masks[index]) < probability ? 0 : value / kept,
        );
      },
    },
    backward: (error) => [masked(error)],
    spread: { type: 'pass' },
  };
}
