import type { LayerArguments, LayerEntry, LayerPlan, LayerProblem, Signal } from './layer.ts';
import { formatShape, tokenProblem, wrongInput } from './layer.ts';
import { padding, poolSize, stride } from './sharedArguments.ts';
import { slide, windowDimensions, windowOf } from './window.ts';

function planPooling(
  kind: 'maxpool' | 'avgpool',
  written: LayerArguments,
  input: Signal,
): LayerPlan | LayerProblem {
  const dimensions = windowDimensions(kind, input);
  if (typeof dimensions === 'object') return dimensions;
  const size = written.sizes('size')!;
  const names = { kernel: 'size', stride: 'stride', padding: 'padding', dilation: 'size' };
  const parts = {
    kernel: size,
    stride: written.sizes('stride') ?? size,
    padding: written.sizes('padding')!,
    dilation: [1],
  };
  const window = windowOf(kind, dimensions, parts, names);
  if ('rule' in window) return window;
  if (window.padding.some((zeros, dimension) => 2 * zeros > window.kernel[dimension])) {
    const message = `\`padding=${formatShape(window.padding)}\` is more than half of the window (${formatShape(window.kernel)}): some windows would hold nothing but padding.`;
    return { rule: 'shape', argument: 'padding', message };
  }
  const onImage = dimensions === 2;
  const places = slide(kind, onImage ? input.shape.slice(1) : input.shape.slice(0, 1), window, 'size');
  if ('rule' in places) return places;
  return {
    kind,
    size: window.kernel,
    stride: window.stride,
    padding: window.padding,
    outputShape: onImage ? [input.shape[0], ...places] : [...places, input.shape[1]],
    parameters: 0,
  };
}

export const maxpool: LayerEntry = {
  name: 'maxpool',
  summary: 'The largest value of every window, channel by channel.',
  formula: 'y[c, p] = max over k of x[c, stride · p + k − padding]',
  gradient: 'The whole error goes to the largest entry of each window, nothing to the others.',
  reference: {
    title: 'Ranzato et al. 2007, Unsupervised learning of invariant feature hierarchies',
    url: 'https://doi.org/10.1109/CVPR.2007.383157',
  },
  arguments: [poolSize, stride(undefined), padding],
  example: 'maxpool 2',
  plan: (written, input) => planPooling('maxpool', written, input),
};

export const avgpool: LayerEntry = {
  name: 'avgpool',
  summary: 'The mean of every window, channel by channel; padding counts as zeros.',
  formula: 'y[c, p] = mean over k of x[c, stride · p + k − padding]',
  gradient: 'The error is shared out equally: each entry of a window of n gets 1/n.',
  reference: {
    title: 'LeCun et al. 1998, Gradient-based learning applied to document recognition',
    url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf',
  },
  arguments: [poolSize, stride(undefined), padding],
  example: 'avgpool 2',
  plan: (written, input) => planPooling('avgpool', written, input),
};

export const globalpool: LayerEntry = {
  name: 'globalpool',
  summary: 'The mean over all places of an image, or over all time steps: one number a channel or feature.',
  formula: 'y[c] = mean over p of x[c, p]',
  gradient: 'Each of n places gets 1/n of the error.',
  reference: { title: 'Lin et al. 2013, Network in network', url: 'https://arxiv.org/abs/1312.4400' },
  arguments: [],
  example: 'globalpool',
  plan(_written, input) {
    const tokens = tokenProblem('globalpool', input);
    if (tokens) return tokens;
    if (input.shape.length < 2)
      return wrongInput('globalpool', 'an image or a sequence', input, 'There is nothing left to pool.');
    return {
      kind: 'globalpool',
      outputShape: [input.shape.length === 3 ? input.shape[0] : input.shape[1]],
      parameters: 0,
    };
  },
};
