/** An elementwise activation. */
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from '../gaussian/activationFunctions.ts';
import { activationMoments, type ActivationMoments } from '../gaussian/activationMoments.ts';
import { activationResponse, type ActivationResponse } from '../gaussian/activationResponse.ts';
import { dualActivation } from '../gaussian/dual.ts';
import { hadamard } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import { centredCovariance, pointsOf, type Signal } from '../signal.ts';

/** φ of a signal whose features are taken as Gaussian over units. */
export function activationOperation(input: Signal, activation: Activation): Operation {
  const covariance = centredCovariance(input);
  const dual = dualActivation(activation, input.mean, covariance);
  const points = pointsOf(input);
  const average = (values: Float64Array, stride: number): number => {
    let sum = 0;
    for (let point = 0; point < points; point++) sum += values[point * stride] / points;
    return sum;
  };
  const place = () => ({
    mean: average(input.mean, 1),
    variance: Math.max(0, average(covariance, points + 1)),
  });
  let known: ActivationMoments | undefined;
  const moments = (): ActivationMoments => {
    if (known !== undefined) return known;
    const { mean, variance } = place();
    known = activationMoments(activation, mean, variance);
    return known;
  };
  const respond = (part: keyof ActivationResponse, deviations: Float64Array): Float64Array => {
    const { mean, variance } = place();
    const response = activationResponse(activation, mean)[part];
    const middle = Math.log(Math.max(variance, Number.MIN_VALUE));
    const start = response(middle);
    return deviations.map((deviation) => response(middle + deviation) - start);
  };
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
    spread: { type: 'activation', moments, respond },
  };
}
