/** A convolution with random kernels (Xiao et al. 2018, eq. 2.5): covariances of windows, offsets summed. */
import { gaussianSignal, pointsOf, positionsOf, type Signal } from '../signal.ts';
import type { Operation } from '../operation.ts';
import { affine, hadamard, trace } from '../matrix.ts';
import { weightSpread, type AffineMap } from './dense.ts';
import { slidingWindows, type WindowShape } from './windows.ts';

/** `output`: sizes of the output's spatial dimensions. */
export function convolutionOperation(
  input: Signal,
  map: AffineMap,
  output: readonly number[],
  window: WindowShape,
): Operation {
  const { outputs, area, covered } = slidingWindows(input.spatial, output, window);
  const place = { samples: input.samples, spatial: output, features: map.units };
  const inputPositions = positionsOf(input);
  const inputPoints = pointsOf(input);
  const points = pointsOf(place);

  /** Calls `visit` with the summed input moment under two windows, for every pair of output points. */
  const windowed = (): Float64Array => {
    const sums = new Float64Array(points * points);
    forPairs(points, (row, column) => {
      const [rowBase, columnBase] = [sampleBase(row), sampleBase(column)];
      let sum = 0;
      for (let offset = 0; offset < area; offset++) {
        const p = covered[(row % outputs) * area + offset];
        const q = covered[(column % outputs) * area + offset];
        if (p >= 0 && q >= 0) sum += input.second[(rowBase + p) * inputPoints + columnBase + q];
      }
      sums[row * points + column] = sums[column * points + row] = sum * input.features;
    });
    return sums;
  };
  const sampleBase = (point: number) => Math.floor(point / outputs) * inputPositions;

  const gram = windowed();
  const covariance = affine(gram, map.weightVariance, map.bias?.variance ?? 0);
  const signal = gaussianSignal(place, covariance, map.bias?.mean ?? 0);
  return {
    signal,
    backward: (error) => {
      const back = new Float64Array(inputPoints * inputPoints);
      const factor = map.weightVariance * input.features;
      for (let row = 0; row < points; row++) {
        for (let column = 0; column < points; column++) {
          const value = error[row * points + column] * factor;
          if (value === 0) continue;
          const [rowBase, columnBase] = [sampleBase(row), sampleBase(column)];
          for (let offset = 0; offset < area; offset++) {
            const p = covered[(row % outputs) * area + offset];
            const q = covered[(column % outputs) * area + offset];
            if (p >= 0 && q >= 0) back[(rowBase + p) * inputPoints + columnBase + q] += value;
          }
        }
      }
      return [back];
    },
    gradient: (error) => ({
      byInput: hadamard(error, gram),
      constant: map.bias === undefined ? undefined : error,
    }),
    spread: weightSpread(
      map.weightVariance * trace(gram),
      signal,
      map.orthogonal,
      input.features * area,
      map.units,
    ),
  };
}

function forPairs(points: number, visit: (row: number, column: number) => void): void {
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) visit(row, column);
  }
}
