import type { Initialiser } from '../network.ts';
import type { Argument, CatalogueEntry } from './entry.ts';

/** A way to draw the first weights, with the spread that it gives them. */
export interface InitialiserEntry extends CatalogueEntry {
  readonly name: Initialiser['name'];
}

const gain = (value: string): Argument => ({
  name: 'gain',
  position: 0,
  type: { type: 'number', min: 0, exclusive: true },
  default: value,
  documentation: 'Factor on the standard deviation, chosen for the activation that follows.',
});

const glorot = {
  title: 'Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks',
  url: 'https://proceedings.mlr.press/v9/glorot10a.html',
};
const he = {
  title: 'He et al. 2015, Delving deep into rectifiers',
  url: 'https://arxiv.org/abs/1502.01852',
};
const lecun = {
  title: 'LeCun et al. 1998, Efficient BackProp',
  url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf',
};

const xavierEffect =
  'Keeps the size of a signal forward and backward for linear layers and, near 0, for tanh. Sigmoid still passes on a quarter at most, and relu loses half at every layer.';
const kaimingEffect = 'Keeps the size of the signal through rectifiers at any depth.';
const lecunEffect =
  'Keeps the variance of the forward signal through linear layers; what selu needs to normalise itself.';

/** Every initialiser, in the order of the reference. */
export const initialisers: readonly InitialiserEntry[] = [
  {
    name: 'xavier_uniform',
    aliases: ['glorot_uniform'],
    summary: 'Uniform, with the variance halfway between what forward and backward signals need.',
    formula: 'U(−a, a),  a = gain · √(6 / (fan_in + fan_out))',
    gradient: xavierEffect,
    reference: glorot,
    arguments: [gain('1')],
    example: 'dense 16 tanh init=xavier_uniform(gain=1.667)',
  },
  {
    name: 'xavier_normal',
    aliases: ['glorot_normal'],
    summary: 'Normal, with the variance halfway between what forward and backward signals need.',
    formula: 'N(0, σ²),  σ = gain · √(2 / (fan_in + fan_out))',
    gradient: xavierEffect,
    reference: glorot,
    arguments: [gain('1')],
    example: 'dense 16 tanh init=xavier_normal',
  },
  {
    name: 'kaiming_uniform',
    aliases: ['he_uniform'],
    summary: 'Uniform, with the variance that rectifiers need.',
    formula: 'U(−a, a),  a = gain · √(3 / fan_in)',
    gradient: kaimingEffect,
    reference: he,
    arguments: [gain('1.4142135623730951')],
    example: 'dense 16 relu init=kaiming_uniform',
  },
  {
    name: 'kaiming_normal',
    aliases: ['he_normal'],
    summary: 'Normal, with the variance that rectifiers need.',
    formula: 'N(0, σ²),  σ = gain / √fan_in',
    gradient: kaimingEffect,
    reference: he,
    arguments: [gain('1.4142135623730951')],
    example: 'dense 16 relu init=kaiming_normal',
  },
  {
    name: 'lecun_uniform',
    summary: 'Uniform, with variance 1 / fan_in.',
    formula: 'U(−a, a),  a = gain · √(3 / fan_in)',
    gradient: lecunEffect,
    reference: lecun,
    arguments: [gain('1')],
    example: 'dense 16 selu init=lecun_uniform',
  },
  {
    name: 'lecun_normal',
    summary: 'Normal, with variance 1 / fan_in.',
    formula: 'N(0, σ²),  σ = gain / √fan_in',
    gradient: lecunEffect,
    reference: lecun,
    arguments: [gain('1')],
    example: 'dense 16 selu init=lecun_normal',
  },
  {
    name: 'orthogonal',
    summary: 'A random orthogonal matrix times a gain.',
    formula: 'W Wᵀ = gain² · 1 (or WᵀW, whichever is smaller)',
    gradient:
      'Every singular value equals the gain: with 1, a linear stack of any depth passes errors on with their exact length; ρ gives ρᵀ after T steps.',
    reference: {
      title:
        'Saxe et al. 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
      url: 'https://arxiv.org/abs/1312.6120',
    },
    arguments: [gain('1')],
    example: 'rnn 32 linear recurrent_init=orthogonal(0.9)',
  },
  {
    name: 'uniform',
    summary: 'Uniform between two numbers.',
    formula: 'U(a, b), of variance (b − a)² / 12',
    gradient:
      'The scale does not follow the width: a range that fits one layer makes signals of another vanish or explode.',
    arguments: [
      { name: 'a', position: 0, type: { type: 'number' }, required: true, documentation: 'The lower end.' },
      { name: 'b', position: 1, type: { type: 'number' }, required: true, documentation: 'The upper end.' },
    ],
    example: 'dense 16 tanh init=uniform(-0.1, 0.1)',
  },
  {
    name: 'normal',
    summary: 'Normal with a mean and a standard deviation.',
    formula: 'N(mean, std²)',
    gradient:
      'Signals keep their size where std ≈ 1/√fan_in; a smaller one makes gradients vanish with depth, a larger one makes them explode.',
    arguments: [
      { name: 'mean', position: 0, type: { type: 'number' }, required: true, documentation: 'The mean.' },
      {
        name: 'std',
        position: 1,
        type: { type: 'number', min: 0 },
        required: true,
        documentation: 'The standard deviation.',
      },
    ],
    example: 'dense 16 tanh init=normal(0, 0.05)',
  },
  {
    name: 'constant',
    summary: 'The same number everywhere.',
    formula: 'w = c',
    gradient: 'All units of a layer get the same gradient and stay equal: the layer works as one unit.',
    arguments: [
      { name: 'c', position: 0, type: { type: 'number' }, required: true, documentation: 'The number.' },
    ],
    example: 'dense 1 linear init=constant(0.5)',
  },
  {
    name: 'zeros',
    summary: 'Nothing but 0.',
    formula: 'w = 0',
    gradient:
      'As weights it stops every error: the layers before get gradients of exactly 0. For biases it is customary.',
    arguments: [],
    example: 'dense 16 relu bias_init=zeros',
  },
  {
    name: 'ones',
    summary: 'Nothing but 1.',
    formula: 'w = 1',
    gradient: 'All units of a layer get the same gradient and stay equal: the layer works as one unit.',
    arguments: [],
    example: 'dense 1 linear init=ones',
  },
  {
    name: 'default',
    summary: 'What `torch.nn` gives that layer.',
    formula:
      'dense and conv: U(−a, a), a = 1/√fan_in, for weights and biases; rnn, lstm, gru: a = 1/√units; embedding: N(0, 1); attention: xavier_uniform for query, key and value, U(−a, a) for the output, biases 0',
    gradient:
      'For dense layers the variance is 1 / (3 fan_in): a third of what keeps a linear signal, a sixth of what relu needs. Deep stacks fade.',
    arguments: [],
    example: 'dense 16 relu init=default',
  },
];
