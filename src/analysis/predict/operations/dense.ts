/** An affine map with random weights, at every position alike. */
import { gaussianSignal, pointsOf, type Signal } from '../signal.ts';
import { affine, hadamard, scaled, trace } from '../matrix.ts';
import type { EntryMoments } from '../initialVariance.ts';
import type { Operation, SpreadRule } from '../operation.ts';

/** What an affine map is made of. `bias` is absent where the layer has none. */
export interface AffineMap {
  readonly units: number;
  /** Variance of a weight; weights average to 0. */
  readonly weightVariance: number;
  readonly bias: EntryMoments | undefined;
  readonly orthogonal: boolean;
}

/** `units` numbers at each point: Σ = s²·XXᵀ + b². */
export function denseOperation(input: Signal, map: AffineMap): Operation {
  const { units, weightVariance, bias } = map;
  const throughWeights = weightVariance * input.features;
  const covariance = affine(input.second, throughWeights, bias?.variance ?? 0);
  const signal = gaussianSignal({ ...input, features: units }, covariance, bias?.mean ?? 0);
  return {
    signal,
    backward: (error) => [scaled(error, throughWeights)],
    gradient: (error) => ({
      byInput: hadamard(error, input.second, input.features),
      constant: bias === undefined ? undefined : error,
    }),
    spread: weightSpread(throughWeights * trace(input.second), signal, map.orthogonal, input.features, units),
  };
}

/** The spread of an operation with weights whose part in one feature's second moment, summed over points, is `throughWeights`. */
export function weightSpread(
  throughWeights: number,
  signal: Signal,
  orthogonal: boolean,
  fanIn: number,
  fanOut: number,
): SpreadRule {
  const total = trace(signal.second);
  return {
    type: 'weights',
    share: total > 0 && pointsOf(signal) > 0 ? throughWeights / total : 0,
    keepsLength: {
      forward: orthogonal && fanOut >= fanIn,
      backward: orthogonal && fanOut <= fanIn,
    },
  };
}
