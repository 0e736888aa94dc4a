/** An elementwise activation. */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from '../gaussian/activationFunctions.ts';
import { activationMoments } from '../gaussian/activationMoments.ts';
import { dualActivation } from '../gaussian/dual.ts';
import { hadamard } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import { centredCovariance, pointsOf, type Signal } from '../signal.ts';

/** φ of a signal whose features are taken as Gaussian over units. */
export function activationOperation(input: Signal, activation: Activation): Operation {
  const covariance = centredCovariance(input);
  const dual = dualActivation(activation, input.mean, covariance);
  const points = pointsOf(input);
  const middle = () => {
    let mean = 0;
    let variance = 0;
    for (let point = 0; point < points; point++) {
      mean += input.mean[point] / points;
      variance += covariance[point * (points + 1)] / points;
    }
    return activationMoments(activation, mean, Math.max(0, variance));
  };
  let known: ReturnType<typeof middle> | undefined;
  const moments = () => (known ??= middle());
  const { value } = scalarFunction(activation);
  return {
    signal: {
      samples: input.samples,
      spatial: input.spatial,
      features: input.features,
      second: dual.value,
      mean: dual.mean,
      get kurtosis() {
        return moments().kurtosis;
      },
      drawFeatures: (count, draws) => input.drawFeatures(count, draws).map(value),
    },
    backward: (error) => [hadamard(error, dual.derivative)],
    spread: { type: 'activation', moments },
  };
}
