import type { LayerEntry } from './layer.ts';
import {
  activation,
  bias,
  biasInit,
  dilation,
  init,
  kernel,
  largestSize,
  padding,
  stride,
} from './sharedArguments.ts';
import { slide, windowDimensions, windowOf } from './window.ts';

export const conv: LayerEntry = {
  name: 'conv',
  summary: 'Convolution: 2-D on channels x height x width, 1-D on time x features.',
  formula: 'y[f, p] = φ(Σ W[f, c, k] · x[c, stride · p + dilation · k − padding] + b[f])',
  gradient:
    'Like `dense` with fan_in = channels · kernel size: weights are shared, so their gradients sum over all places.',
  reference: {
    title: 'LeCun et al. 1998, Gradient-based learning applied to document recognition',
    url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf',
  },
  arguments: [
    {
      name: 'filters',
      position: 0,
      type: { type: 'integer', min: 1, max: largestSize },
      required: true,
      documentation: 'Number of output channels, or of output features on a sequence.',
    },
    kernel,
    activation(2),
    stride('1'),
    padding,
    dilation,
    init,
    biasInit,
    bias,
  ],
  example: 'conv 16 3 relu padding=1',
  plan(written, input) {
    const dimensions = windowDimensions('conv', input);
    if (typeof dimensions === 'object') return dimensions;
    const names = { kernel: 'kernel', stride: 'stride', padding: 'padding', dilation: 'dilation' };
    const window = windowOf(
      'conv',
      dimensions,
      {
        kernel: written.sizes('kernel')!,
        stride: written.sizes('stride')!,
        padding: written.sizes('padding')!,
        dilation: written.sizes('dilation')!,
      },
      names,
    );
    if ('rule' in window) return window;
    const onImage = dimensions === 2;
    const channels = onImage ? input.shape[0] : input.shape[1];
    const places = slide('conv', onImage ? input.shape.slice(1) : input.shape.slice(0, 1), window, 'kernel');
    if ('rule' in places) return places;
    const filters = written.integer('filters');
    const hasBias = written.boolean('bias');
    const weights = window.kernel.reduce((product, size) => product * size, filters * channels);
    return {
      kind: 'conv',
      filters,
      ...window,
      activation: written.activation('activation'),
      init: written.initialiser('init'),
      biasInit: written.initialiser('bias_init'),
      bias: hasBias,
      outputShape: onImage ? [filters, ...places] : [...places, filters],
      parameters: weights + (hasBias ? filters : 0),
    };
  },
};
