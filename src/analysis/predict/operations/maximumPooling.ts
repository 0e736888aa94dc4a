/** Max pooling: which position wins has no closed form, so 256 channels are drawn from the input's moments and followed. */
import { NormalDraws } from '../normalDraws.ts';
import type { Operation } from '../operation.ts';
import { pointsOf, positionsOf, type Signal } from '../signal.ts';
import { drawnSignal } from './drawnSignal.ts';
import { slidingWindows, type WindowShape } from './windows.ts';

const drawnChannels = 256;

/** The largest value under each window. */
export function maximumPoolingOperation(
  input: Signal,
  output: readonly number[],
  window: WindowShape,
  seed: number,
): Operation {
  const { outputs, area, covered } = slidingWindows(input.spatial, output, window);
  const place = { samples: input.samples, spatial: output, features: input.features };
  const inputPoints = pointsOf(input);
  const points = pointsOf(place);
  const positions = positionsOf(input);

  /** count x points: the winning input point of each window. */
  const winners = (values: Float64Array, count: number): Int32Array => {
    const winning = new Int32Array(count * points);
    for (let channel = 0; channel < count; channel++) {
      for (let point = 0; point < points; point++) {
        const base = Math.floor(point / outputs) * positions;
        let best = -1;
        for (let offset = 0; offset < area; offset++) {
          const position = covered[(point % outputs) * area + offset]!;
          if (position < 0) continue;
          const candidate = base + position;
          // The first of equals wins, as in PyTorch.
          if (
            best < 0 ||
            values[channel * inputPoints + candidate]! > values[channel * inputPoints + best]!
          ) {
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
      (winner, index) => values[Math.floor(index / points) * inputPoints + winner]!,
    );
  };

  const drawn = input.drawFeatures(drawnChannels, new NormalDraws(seed));
  const winning = winners(drawn, drawnChannels);
  return {
    signal: drawnSignal(place, pooled(drawn, drawnChannels), (count, draws) =>
      pooled(input.drawFeatures(count, draws), count),
    ),
    backward: (error) => {
      const back = new Float64Array(inputPoints * inputPoints);
      for (let channel = 0; channel < drawnChannels; channel++) {
        const chosen = winning.subarray(channel * points, (channel + 1) * points);
        for (let row = 0; row < points; row++) {
          const start = chosen[row]! * inputPoints;
          for (let column = 0; column < points; column++) {
            back[start + chosen[column]!]! += error[row * points + column]! / drawnChannels;
          }
        }
      }
      return [back];
    },
    spread: { type: 'pass' },
  };
}
