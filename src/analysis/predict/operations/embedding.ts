/** Embeddings: vectors drawn for each token, or for each position. */
import { hadamard } from '../matrix.ts';
import type { EntryMoments } from '../initialVariance.ts';
import type { Operation } from '../operation.ts';
import { gaussianFeatures, pointsOf, type Signal } from '../signal.ts';

/** `tokens`: samples x length indices; equal tokens have equal vectors. */
export function embeddingOperation(
  tokens: Float64Array,
  samples: number,
  features: number,
  entry: EntryMoments,
): Operation {
  const length = tokens.length / samples;
  const same = equality(tokens);
  return {
    signal: lookedUp({ samples, spatial: [length], features }, same, entry),
    backward: () => [],
    gradient: (error) => ({
      byInput: undefined,
      constant: hadamard(error, same),
    }),
    spread: { type: 'pass' },
  };
}

/** A vector for each position, added to what is there. `table` is the added part alone; the sum is made by the program. */
export function positionOperation(input: Signal, entry: EntryMoments): Operation {
  const points = pointsOf(input);
  const length = points / input.samples;
  const same = equality(Float64Array.from({ length: points }, (_, point) => point % length));
  return {
    signal: lookedUp(input, same, entry),
    backward: () => [],
    gradient: (error) => ({
      byInput: undefined,
      constant: hadamard(error, same),
    }),
    spread: { type: 'pass' },
  };
}

/** points²: 1 where two points have the same index. */
function equality(indices: Float64Array): Float64Array {
  const points = indices.length;
  return Float64Array.from({ length: points * points }, (_, place) =>
    indices[Math.floor(place / points)] === indices[place % points] ? 1 : 0,
  );
}

function lookedUp(
  place: Pick<Signal, 'samples' | 'spatial' | 'features'>,
  same: Float64Array,
  entry: EntryMoments,
): Signal {
  const covariance = same.map((value) => value * entry.variance);
  return {
    samples: place.samples,
    spatial: place.spatial,
    features: place.features,
    second: covariance.map((value) => value + entry.mean ** 2),
    mean: new Float64Array(pointsOf(place)).fill(entry.mean),
    kurtosis: 3,
    drawFeatures: gaussianFeatures(covariance, entry.mean),
  };
}
