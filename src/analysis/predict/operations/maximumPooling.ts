/**
 * Max pooling, with the activation before it: which position wins has no closed form, so 256 channels are drawn from the input's moments and
 * followed. A rectifier that won passes its error on, unlike half of all rectifiers: activation and pooling cannot be kept apart.
 */
import { NormalDraws } from '../normalDraws.ts';
import type { Operation } from '../operation.ts';
import type { Activation } from '../../../language/network.ts';
import { scalarFunction } from '../gaussian/activationFunctions.ts';
import { pointsOf, positionsOf, type Signal } from '../signal.ts';
import { drawnSignal } from './drawnSignal.ts';
import { slidingWindows, type WindowShape } from './windows.ts';

const drawnChannels = 256;

/** The largest φ(input) under each window. `seed` differs from layer to layer. */
export function maximumPoolingOperation(
  input: Signal,
  output: readonly number[],
  window: WindowShape,
  seed: number,
  activation: Activation,
): Operation {
  const { outputs, area, covered } = slidingWindows(input.spatial, output, window);
  const place = { samples: input.samples, spatial: output, features: input.features };
  const inputPoints = pointsOf(input);
  const points = pointsOf(place);
  const positions = positionsOf(input);
  const { value, derivative } = scalarFunction(activation);

  /** count x points: the winning input point of each window. */
  const winners = (values: Float64Array, count: number): Int32Array => {
    const winning = new Int32Array(count * points);
    for (let channel = 0; channel < count; channel++) {
      for (let point = 0; point < points; point++) {
        const base = Math.floor(point / outputs) * positions;
        let best = -1;
        for (let offset = 0; offset < area; offset++) {
          const position = covered[(point % outputs) * area + offset];
          if (position < 0) continue;
          const candidate = base + position;
          // The first of equals wins, as in PyTorch.
          if (best < 0 || values[channel * inputPoints + candidate] > values[channel * inputPoints + best]) {
            best = candidate;
          }
        }
        winning[channel * points + point] = best;
      }
    }
    return winning;
  };
  const pooled = (values: Float64Array, count: number): Float64Array => {
    const winning = winners(values, count);
    return Float64Array.from(
      winning,
      (winner, index) => values[Math.floor(index / points) * inputPoints + winner],
    );
  };

  const drawn = input.drawFeatures(drawnChannels, new NormalDraws(seed));
  const active = drawn.map(value);
  const winning = winners(active, drawnChannels);
  const slopes = Float64Array.from(winning, (winner, index) =>
    derivative(drawn[Math.floor(index / points) * inputPoints + winner]),
  );
  return {
    signal: drawnSignal(place, pooled(active, drawnChannels), (count, draws) =>
      pooled(input.drawFeatures(count, draws).map(value), count),
    ),
    backward: (error) => {
      const back = new Float64Array(inputPoints * inputPoints);
      for (let channel = 0; channel < drawnChannels; channel++) {
        const chosen = winning.subarray(channel * points, (channel + 1) * points);
        const slope = slopes.subarray(channel * points, (channel + 1) * points);
        for (let row = 0; row < points; row++) {
          const start = chosen[row] * inputPoints;
          const factor = slope[row] / drawnChannels;
          if (factor === 0) continue;
          for (let column = 0; column < points; column++) {
            back[start + chosen[column]] += factor * slope[column] * error[row * points + column];
          }
        }
      }
      return [back];
    },
    spread: { type: 'pass' },
  };
}
