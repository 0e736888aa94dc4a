/** The mini-batch itself: the same in every draw. */
import type { Operation } from '../operation.ts';
import { featuresOf, pointsOf, spatialOf, type Signal } from '../signal.ts';
import type { Shape } from '../../../language/network.ts';

/** `values`: samples x entries of `shape`, row-major. */
export function inputOperation(values: Float64Array, samples: number, shape: Shape): Operation {
  const spatial = spatialOf(shape);
  const features = featuresOf(shape);
  const place = { samples, spatial, features };
  const points = pointsOf(place);
  const positions = points / samples;
  // Features of a point side by side: channels stand first in images, last in sequences.
  const rows = new Float64Array(points * features);
  for (let point = 0; point < points; point++) {
    const sample = Math.floor(point / positions);
    const position = point % positions;
    for (let feature = 0; feature < features; feature++) {
      const entry = shape.length === 3 ? feature * positions + position : position * features + feature;
      rows[point * features + feature] = values[sample * positions * features + entry];
    }
  }
  return { signal: certainSignal(place, rows), backward: () => [], spread: { type: 'pass' } };
}

/** A signal that is the same in every draw, from its values, points x features. */
function certainSignal(place: Pick<Signal, 'samples' | 'spatial' | 'features'>, rows: Float64Array): Signal {
  const points = pointsOf(place);
  const { features } = place;
  const second = new Float64Array(points * points);
  const mean = new Float64Array(points);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let feature = 0; feature < features; feature++) {
        sum += rows[row * features + feature] * rows[column * features + feature];
      }
      second[row * points + column] = second[column * points + row] = sum / features;
    }
    for (let feature = 0; feature < features; feature++)
      mean[row] += rows[row * features + feature] / features;
  }
  return {
    ...place,
    second,
    mean,
    kurtosis: 1,
    drawFeatures: (count) => {
      const drawn = new Float64Array(count * points);
      for (let index = 0; index < count; index++) {
        for (let point = 0; point < points; point++) {
          drawn[index * points + point] = rows[point * features + (index % features)];
        }
      }
      return drawn;
    },
  };
}
