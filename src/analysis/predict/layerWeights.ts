/** What a layer's initialisers say of its weights and biases, as the operations want to know it. */
import { defaultOf } from '../../engine/initialise.ts';
import type {
  ConvolutionLayer,
  DenseLayer,
  Initialiser,
  Layer,
  RecurrentLayer,
  ResidualLayer,
} from '../../language/network.ts';
import { entryMoments, linearSize, type EntryMoments } from './initialVariance.ts';
import { NotPredictable } from './notPredictable.ts';
import type { AffineMap } from './operations/dense.ts';
import type { Recurrence } from './operations/recurrence.ts';
import { featuresOf } from './signal.ts';

/** Of a dense layer that takes so many features. */
export function denseMap(layer: DenseLayer, fanIn: number): AffineMap {
  return affineMap(layer, layer.units, fanIn, layer.units);
}

/** Of a convolution over so many channels. */
export function convolutionMap(layer: ConvolutionLayer, channels: number): AffineMap {
  const area = layer.kernel.reduce((product, size) => product * size, 1);
  return affineMap(layer, layer.filters, channels * area, layer.filters * area);
}

function affineMap(
  layer: DenseLayer | ConvolutionLayer,
  units: number,
  fanIn: number,
  fanOut: number,
): AffineMap {
  const size = linearSize(fanIn, fanOut);
  return {
    units,
    weightVariance: centredVariance(layer, layer.init, entryMoments(layer.init, size)),
    bias: layer.bias ? biasMoments(layer.biasInit, fanIn, fanOut) : undefined,
    orthogonal: layer.init.name === 'orthogonal',
  };
}

/** A bias counts as one row of a matrix: orthogonal makes it a unit vector. */
function biasMoments(initialiser: Initialiser, fanIn: number, fanOut: number): EntryMoments {
  return entryMoments(initialiser, linearSize(fanIn, fanOut));
}

/** Of the learned projection of a residual block's shortcut. */
export function projectionMap(layer: ResidualLayer, features: number): AffineMap {
  const units = featuresOf(layer.outputShape);
  const size = linearSize(features, units);
  const moments = entryMoments({ name: 'default' }, size);
  return {
    units,
    weightVariance: moments.variance,
    bias: layer.parameters > features * units ? moments : undefined,
    orthogonal: false,
  };
}

/** Of a recurrent layer that takes so many features a step. */
export function recurrence(layer: RecurrentLayer, features: number): Recurrence {
  const initial = defaultOf.recurrent(layer.units);
  const input = entryMoments(layer.init, { fanIn: features, fanOut: layer.units, default: initial });
  const recurrent = { fanIn: layer.units, fanOut: layer.units, default: initial };
  const hidden = entryMoments(layer.recurrentInit, recurrent);
  const bias = entryMoments(layer.biasInit, recurrent);
  return {
    units: layer.units,
    activation: layer.activation,
    inputVariance: centredVariance(layer, layer.init, input),
    recurrentVariance: centredVariance(layer, layer.recurrentInit, hidden),
    orthogonal: layer.recurrentInit.name === 'orthogonal',
    bias: { mean: 2 * bias.mean, variance: 2 * bias.variance },
  };
}

function centredVariance(layer: Layer, initialiser: Initialiser, moments: EntryMoments): number {
  if (moments.mean !== 0) {
    throw new NotPredictable(
      `the weights of ${layer.name} are drawn around ${moments.mean} instead of 0 (${initialiser.name})`,
    );
  }
  return moments.variance;
}
