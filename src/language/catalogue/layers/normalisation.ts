import type { Argument } from '../entry.ts';
import {
  sizeOf,
  tokenProblem,
  type LayerArguments,
  type LayerEntry,
  type LayerPlan,
  type LayerProblem,
  type Signal,
} from './layer.ts';

const epsilon: Argument = {
  name: 'eps',
  type: { type: 'number', min: 0, exclusive: true },
  default: '1e-5',
  documentation: 'Added to the variance, so that nothing is divided by 0.',
};

const rmsEpsilon: Argument = {
  name: 'eps',
  type: { type: 'number', min: 0, exclusive: true },
  documentation:
    'Added to the mean square, so that nothing is divided by 0; where it is left out, the machine epsilon of the precision as in PyTorch: 1.19e-7 in float32, 2.22e-16 in float64.',
};

function planNormalisation(
  kind: 'batchnorm' | 'layernorm' | 'rmsnorm',
  parameters: number,
  written: LayerArguments,
  input: Signal,
): LayerPlan | LayerProblem {
  return (
    tokenProblem(kind, input) ?? {
      kind,
      epsilon: written.optionalNumber('eps'),
      outputShape: input.shape,
      parameters,
    }
  );
}

/** A channel of an image, a feature of a vector or a sequence. */
const channelsOf = ({ shape }: Signal): number => (shape.length === 3 ? shape[0] : shape.at(-1)!);
/** What one sample is normalised over: the last dimension, for an image all three (PyTorch’s `LayerNorm([C, H, W])`). */
const normalisedOf = ({ shape }: Signal): number => (shape.length === 3 ? sizeOf(shape) : shape.at(-1)!);

export const batchnorm: LayerEntry = {
  name: 'batchnorm',
  summary:
    'Normalises every feature, or every channel of an image, over the batch, with learned scale and shift.',
  formula: 'y = γ (x − mean) / √(var + eps) + β, over the batch (and all places or time steps)',
  gradient:
    'Divides the error by the standard deviation of the input, so that the scale of the weights before it no longer matters; removes the error’s mean and its part along the output. In a deep network without shortcuts, gradients at initialisation grow with depth.',
  reference: {
    title: 'Ioffe and Szegedy 2015, Batch normalization',
    url: 'https://arxiv.org/abs/1502.03167',
  },
  arguments: [epsilon],
  example: 'batchnorm',
  plan: (written, input) => planNormalisation('batchnorm', 2 * channelsOf(input), written, input),
};

export const layernorm: LayerEntry = {
  name: 'layernorm',
  summary:
    'Normalises every sample over its features (an image over all its entries), with learned scale and shift.',
  formula: 'y = γ (x − mean) / √(var + eps) + β, over the features of one sample',
  gradient:
    'Divides the error by the standard deviation of the sample, so that the scale of the signal cannot fade or grow with depth.',
  reference: { title: 'Ba et al. 2016, Layer normalization', url: 'https://arxiv.org/abs/1607.06450' },
  arguments: [epsilon],
  example: 'layernorm',
  plan: (written, input) => planNormalisation('layernorm', 2 * normalisedOf(input), written, input),
};

export const rmsnorm: LayerEntry = {
  name: 'rmsnorm',
  summary: 'Divides every sample by its root mean square, with a learned scale.',
  formula:
    'y = γ x / √(mean(x²) + eps), over the features of one sample; eps = 1.19e-7 in float32, 2.22e-16 in float64',
  gradient: 'Divides the error by the root mean square of the sample; the mean is left alone.',
  reference: {
    title: 'Zhang and Sennrich 2019, Root mean square layer normalization',
    url: 'https://arxiv.org/abs/1910.07467',
  },
  arguments: [rmsEpsilon],
  example: 'rmsnorm',
  plan: (written, input) => planNormalisation('rmsnorm', normalisedOf(input), written, input),
};
