/** What is known of a layer's output before its weights are drawn: moments over all draws, at every point of a mini-batch. */
import type { Shape } from '../../language/network.ts';
import { affine, choleskyFactor } from './matrix.ts';
import type { NormalDraws } from './normalDraws.ts';

/** A signal at `samples` x positions points (sample-major), with `features` numbers at each. */
export interface Signal {
  readonly samples: number;
  /** Sizes of the spatial or temporal dimensions; empty for plain vectors. */
  readonly spatial: readonly number[];
  readonly features: number;
  /** points²: E[h(p)·h(p′)] of one feature, not centred, averaged over features. */
  readonly second: Float64Array;
  /** points: E[h(p)] of one feature. */
  readonly mean: Float64Array;
  /** E h⁴/(E h²)² of one feature over the draws; 1 where the signal is the same in every draw. */
  readonly kurtosis: number;
  /** Draws `count` features at all points: count x points. */
  readonly drawFeatures: (count: number, draws: NormalDraws) => Float64Array;
}

/** Number of positions of a sample. */
export function positionsOf(signal: Pick<Signal, 'spatial'>): number {
  return signal.spatial.reduce((product, size) => product * size, 1);
}

/** Number of points: samples x positions. */
export function pointsOf(signal: Pick<Signal, 'samples' | 'spatial'>): number {
  return signal.samples * positionsOf(signal);
}

/** Sizes of the dimensions other than features: channels come first in images, features last in sequences. */
export function spatialOf(shape: Shape): readonly number[] {
  return shape.length === 3 ? shape.slice(1) : shape.length === 2 ? shape.slice(0, 1) : [];
}

/** Number of features of a shape. */
export function featuresOf(shape: Shape): number {
  const features = shape.length === 3 ? shape[0] : shape.at(-1);
  if (features === undefined) throw new Error(`A signal's shape has dimensions, not [${shape.join(', ')}]`);
  return features;
}

/** points²: covariance of one feature between points. */
export function centredCovariance(signal: Pick<Signal, 'second' | 'mean'>): Float64Array {
  const { second, mean } = signal;
  if (mean.every((value) => value === 0)) return second;
  const points = mean.length;
  const covariance = second.slice();
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      covariance[row * points + column] -= mean[row] * mean[column];
    }
  }
  return covariance;
}

/** Pre-activations of a layer whose weights average to 0: Gaussian, with the same mean (a constant bias) everywhere. */
export function gaussianSignal(
  place: Pick<Signal, 'samples' | 'spatial' | 'features'>,
  covariance: Float64Array,
  mean: number,
): Signal {
  const points = pointsOf(place);
  const second = mean === 0 ? covariance : affine(covariance, 1, mean * mean);
  return {
    samples: place.samples,
    spatial: place.spatial,
    features: place.features,
    second,
    mean: new Float64Array(points).fill(mean),
    kurtosis: 3,
    drawFeatures: gaussianFeatures(covariance, mean),
  };
}

/** Draws Gaussian features with this covariance between points; it is factored at the first draw. */
export function gaussianFeatures(covariance: Float64Array, mean: number): Signal['drawFeatures'] {
  let factor: Float64Array | undefined;
  return (count, draws) => {
    factor ??= choleskyFactor(covariance);
    const points = Math.sqrt(covariance.length);
    const normals = draws.stratified(points, count);
    const features = new Float64Array(count * points).fill(mean);
    for (let row = 0; row < points; row++) {
      for (let column = 0; column <= row; column++) {
        const weight = factor[row * points + column];
        if (weight === 0) continue;
        const start = column * count;
        for (let feature = 0; feature < count; feature++) {
          features[feature * points + row] += weight * normals[start + feature];
        }
      }
    }
    return features;
  };
}
