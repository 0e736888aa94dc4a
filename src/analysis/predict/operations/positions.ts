/** Operations that only rearrange or average positions: average pooling, global pooling, flattening. */
import type { Operation } from '../operation.ts';
import { pointsOf, positionsOf, type Signal } from '../signal.ts';
import { slidingWindows, type WindowShape } from './windows.ts';

/** Means over windows; padding counts as zeros, as in PyTorch. */
export function averagePoolingOperation(
  input: Signal,
  output: readonly number[],
  window: WindowShape,
): Operation {
  const { outputs, area, covered } = slidingWindows(input.spatial, output, window);
  return averaging(input, output, outputs, area, covered);
}

/** The mean over all positions. */
export function globalPoolingOperation(input: Signal): Operation {
  const positions = positionsOf(input);
  return averaging(
    input,
    [],
    1,
    positions,
    Int32Array.from({ length: positions }, (_, index) => index),
  );
}

function averaging(
  input: Signal,
  spatial: readonly number[],
  outputs: number,
  area: number,
  covered: Int32Array,
): Operation {
  const place = { samples: input.samples, spatial, features: input.features };
  const positions = positionsOf(input);
  /** From points to points: sums of rows over windows, or back again. */
  const gather = (values: Float64Array, width: number): Float64Array => {
    const gathered = new Float64Array(input.samples * outputs * width);
    for (let point = 0; point < input.samples * outputs; point++) {
      const base = Math.floor(point / outputs) * positions;
      for (let offset = 0; offset < area; offset++) {
        const source = covered[(point % outputs) * area + offset];
        if (source < 0) continue;
        for (let index = 0; index < width; index++) {
          gathered[point * width + index] += values[(base + source) * width + index] / area;
        }
      }
    }
    return gathered;
  };
  const scatter = (values: Float64Array, width: number): Float64Array => {
    const scattered = new Float64Array(input.samples * positions * width);
    for (let point = 0; point < input.samples * outputs; point++) {
      const base = Math.floor(point / outputs) * positions;
      for (let offset = 0; offset < area; offset++) {
        const target = covered[(point % outputs) * area + offset];
        if (target < 0) continue;
        for (let index = 0; index < width; index++) {
          scattered[(base + target) * width + index] += values[point * width + index] / area;
        }
      }
    }
    return scattered;
  };
  const points = pointsOf(place);
  const inputPoints = pointsOf(input);
  return {
    signal: {
      ...place,
      second: gather(transposed(gather(input.second, inputPoints), points, inputPoints), points),
      mean: gather(input.mean, 1),
      get kurtosis() {
        return input.kurtosis;
      },
      drawFeatures: (count, draws) =>
        transposed(
          gather(transposed(input.drawFeatures(count, draws), count, inputPoints), count),
          points,
          count,
        ),
    },
    backward: (error) => [scatter(transposed(scatter(error, points), inputPoints, points), inputPoints)],
    spread: { type: 'pass' },
  };
}

/** rows x columns → columns x rows. */
export function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column];
    }
  }
  return result;
}

/** Every position becomes features of its own; whatever random weights follow treat them as unrelated. */
export function flattenOperation(input: Signal): Operation {
  const positions = positionsOf(input);
  const { samples } = input;
  const points = samples * positions;
  const second = new Float64Array(samples * samples);
  const mean = new Float64Array(samples);
  for (let row = 0; row < samples; row++) {
    for (let position = 0; position < positions; position++) {
      mean[row] += input.mean[row * positions + position] / positions;
      for (let column = 0; column < samples; column++) {
        second[row * samples + column] +=
          input.second[(row * positions + position) * points + column * positions + position] / positions;
      }
    }
  }
  return {
    signal: {
      samples,
      spatial: [],
      features: input.features * positions,
      second,
      mean,
      get kurtosis() {
        return input.kurtosis;
      },
      drawFeatures: (count, draws) => {
        const drawn = input.drawFeatures(count, draws);
        const flat = new Float64Array(count * samples);
        for (let index = 0; index < count; index++) {
          for (let sample = 0; sample < samples; sample++) {
            flat[index * samples + sample] = drawn[index * points + sample * positions + (index % positions)];
          }
        }
        return flat;
      },
    },
    backward: (error) => {
      const back = new Float64Array(points * points);
      for (let row = 0; row < samples; row++) {
        for (let column = 0; column < samples; column++) {
          for (let position = 0; position < positions; position++) {
            back[(row * positions + position) * points + column * positions + position] =
              error[row * samples + column] / positions;
          }
        }
      }
      return [back];
    },
    spread: { type: 'pass' },
  };
}
