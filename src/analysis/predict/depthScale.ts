/** How far a gradient reaches into a network of many such layers, and what would make it reach further. */
import type { Activation, CheckedNetwork, ConvolutionLayer, DenseLayer } from '../../language/network.ts';
import { formatFactor, formatNumber } from '../numbers.ts';
import { criticalWeight, gradientGrowth, settledVariance } from './gaussian/fixedPoint.ts';
import { entryMoments, linearSize } from './initialVariance.ts';

/** Facts about the hidden layers that a network has most of, in the limit of width and depth. */
export interface DepthScale {
  /** Name of the first such layer. */
  readonly layer: string;
  readonly activation: Activation;
  /** Variance of a weight times the inputs of a unit (σw²), and variance of a bias (σb²). */
  readonly weightVariance: number;
  readonly biasVariance: number;
  /** χ₁: by how much a layer multiplies the squared norm of the error. */
  readonly growth: number;
  /** By how much a layer multiplies the error: √χ₁. */
  readonly perLayer: number;
  /** Layers over which the error falls to a thousandth, or grows a thousandfold; infinite where it does neither. */
  readonly layersToThousand: number;
  /** Ordered: errors vanish and all samples come to look alike. Chaotic: errors explode and like samples drift apart. */
  readonly phase: 'ordered' | 'critical' | 'chaotic';
  /** The σw² at which errors neither vanish nor explode with these biases; undefined where none does. */
  readonly criticalWeightVariance: number | undefined;
}

/** An error that takes more than this many layers to change by a factor e counts as critical. */
const criticalDepth = 100;

/** Undefined where no two hidden layers follow one another plainly: shortcuts and normalisations have other laws. */
export function depthScale(network: CheckedNetwork): DepthScale | undefined {
  const layer = commonLayer(network);
  if (layer === undefined) return undefined;
  const fanIn = inputsOfUnit(layer);
  const size = linearSize(
    fanIn,
    layer.kind === 'conv' ? (fanIn * layer.filters) / channels(layer) : layer.units,
  );
  const weights = entryMoments(layer.init, size);
  const biases = layer.bias ? entryMoments(layer.biasInit, size) : { mean: 0, variance: 0 };
  if (weights.mean !== 0 || !(weights.variance > 0)) return undefined;
  return depthScaleOf(layer.name, layer.activation, {
    weight: weights.variance * fanIn,
    bias: biases.variance,
    biasMean: biases.mean,
  });
}

/** The same for given variances. */
export function depthScaleOf(
  layer: string,
  activation: Activation,
  scale: { readonly weight: number; readonly bias: number; readonly biasMean: number },
): DepthScale {
  const growth = gradientGrowth(activation, scale, settledVariance(activation, scale));
  const logFactor = Math.log(growth) / 2;
  const critical = Math.abs(Math.log(growth)) < 1 / criticalDepth;
  return {
    layer,
    activation,
    weightVariance: scale.weight,
    biasVariance: scale.bias,
    growth,
    perLayer: Math.sqrt(growth),
    layersToThousand: Math.log(1000) / Math.abs(logFactor),
    phase: critical ? 'critical' : growth < 1 ? 'ordered' : 'chaotic',
    criticalWeightVariance: criticalWeight(activation, scale),
  };
}

/** The facts in two sentences. */
export function depthScaleSentence(facts: DepthScale): string {
  const variance = `the weights' variance times fan-in is ${formatNumber(facts.weightVariance)}`;
  const { criticalWeightVariance } = facts;
  const critical =
    criticalWeightVariance === undefined
      ? `no variance makes ${facts.activation.name} pass errors on unchanged`
      : `${facts.activation.name} passes errors on unchanged at ${formatNumber(criticalWeightVariance)}`;
  if (facts.phase === 'critical') {
    return `Critical: deep inside, a layer neither shrinks nor grows the error; ${variance}.`;
  }
  const shrinks = facts.phase === 'ordered';
  return (
    (shrinks
      ? `Ordered: deep inside, each layer passes on ${formatNumber(facts.perLayer)} of the error, `
      : `Chaotic: deep inside, each layer multiplies the error by ${formatNumber(facts.perLayer)}, `) +
    `1,000 times ${shrinks ? 'less' : 'more'} after ${formatFactor(facts.layersToThousand)} layers. ` +
    `${variance.charAt(0).toUpperCase()}${variance.slice(1)}; ${critical}.`
  );
}

/** The kind of layer, by activation, initialiser and size, that occurs most often behind another of its kind. */
function commonLayer(network: CheckedNetwork): DenseLayer | ConvolutionLayer | undefined {
  const groups = new Map<string, (DenseLayer | ConvolutionLayer)[]>();
  for (const layer of network.layers) {
    switch (layer.kind) {
      case 'residual':
      case 'add':
      case 'concat':
      case 'batchnorm':
      case 'layernorm':
      case 'rmsnorm':
      case 'rnn':
      case 'lstm':
      case 'gru':
      case 'attention':
        return undefined;
      case 'dense':
      case 'conv': {
        if (layer.activation.name === 'softmax' || layer.index === network.layers.length - 1) break;
        const { kind, activation, init, biasInit, bias, outputShape } = layer;
        const key = JSON.stringify([
          kind,
          activation,
          init,
          biasInit,
          bias,
          outputShape[0],
          outputShape.at(-1),
        ]);
        groups.set(key, [...(groups.get(key) ?? []), layer]);
        break;
      }
      default:
        break;
    }
  }
  const largest = [...groups.values()].toSorted((one, other) => other.length - one.length)[0];
  // The first of them reads what came before; the second stands for all that follow.
  return largest === undefined || largest.length < 2 ? undefined : largest[1];
}

function channels(layer: ConvolutionLayer): number {
  const features = layer.inputShape.length === 3 ? layer.inputShape[0] : layer.inputShape.at(-1);
  return features ?? 1;
}

function inputsOfUnit(layer: DenseLayer | ConvolutionLayer): number {
  return layer.kind === 'dense'
    ? (layer.inputShape.at(-1) ?? 1)
    : layer.kernel.reduce((product, size) => product * size, channels(layer));
}
