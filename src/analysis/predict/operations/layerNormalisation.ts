/** layernorm and rmsnorm: at every point the features are brought to the same size, whatever the draw. */
import { hadamard } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import { pointsOf, positionsOf, type Signal } from '../signal.ts';

/**
 * Features divided by their deviation (`centred`: after their mean is taken off) over the `perSample` or per-point group.
 * The Jacobian (I − 11ᵀ/n − ĥĥᵀ/n)/σ (Xu et al. 2019, eq. 5) takes one direction of n for each thing that is fixed.
 */
export function layerNormalisationOperation(
  input: Signal,
  options: { readonly centred: boolean; readonly epsilon: number; readonly perSample: boolean },
): Operation {
  const points = pointsOf(input);
  const positions = positionsOf(input);
  const group = options.perSample ? positions : 1;
  const size = input.features * group;
  const centred = options.centred ? centredOverFeatures(input, size) : input.second;
  const deviations = new Float64Array(points);
  for (let start = 0; start < points; start += group) {
    let variance = 0;
    for (let point = start; point < start + group; point++) {
      variance += Math.max(0, centred[point * (points + 1)]) / group;
    }
    deviations.fill(Math.sqrt(variance + options.epsilon), start, start + group);
  }
  const free = Math.max(0, 1 - (options.centred ? 2 : 1) / size);
  const inverse = new Float64Array(points * points);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      const scale = deviations[row] * deviations[column];
      inverse[row * points + column] = scale > 0 ? 1 / scale : 0;
    }
  }
  const second = hadamard(centred, inverse);
  const signal: Signal = {
    samples: input.samples,
    spatial: input.spatial,
    features: input.features,
    second,
    mean: options.centred
      ? new Float64Array(points)
      : input.mean.map((mean, point) => mean / deviations[point]),
    get kurtosis() {
      return input.kurtosis;
    },
    drawFeatures: (count, draws) => {
      const drawn = input.drawFeatures(count, draws);
      return drawn.map((value, index) => {
        const point = index % points;
        return (value - (options.centred ? input.mean[point] : 0)) / deviations[point];
      });
    },
  };
  return {
    signal,
    backward: (error) => [inverse.map((entry, index) => entry * error[index] * free)],
    gradient: (error) => {
      // An image has a scale for each of its entries: there nothing is summed over positions.
      const own = options.perSample ? samePositions(error, positions) : error;
      return { byInput: hadamard(own, second), constant: options.centred ? own : undefined };
    },
    spread: { type: 'normalisation' },
  };
}

/** The covariance over features; a mean taken over n features leaves (n − 1)/n of it. */
function centredOverFeatures(input: Signal, size: number): Float64Array {
  const points = pointsOf(input);
  return input.second.map((entry, index) => {
    const product = input.mean[Math.floor(index / points)] * input.mean[index % points];
    return (entry - product) * (1 - 1 / size);
  });
}

/** Zero between different positions. */
function samePositions(matrix: Float64Array, positions: number): Float64Array {
  const points = Math.sqrt(matrix.length);
  return matrix.map((entry, index) => {
    const row = Math.floor(index / points);
    return row % positions === (index - row * points) % positions ? entry : 0;
  });
}
