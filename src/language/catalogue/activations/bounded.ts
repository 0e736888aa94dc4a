import type { ActivationEntry } from './activation.ts';

/** The identity, and activations that squeeze their input between two bounds: flat towards both sides. */
export const bounded: readonly ActivationEntry[] = [
  {
    name: 'linear',
    summary: 'Passes its input on unchanged.',
    formula: 'φ(x) = x',
    gradient: 'The derivative is 1 everywhere: it neither shrinks nor grows a gradient. Gain 1.',
    reference: {
      title:
        'Saxe et al. 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
      url: 'https://arxiv.org/abs/1312.6120',
    },
    arguments: [],
    example: 'dense 1 linear',
    largestDerivative: 1,
    flat: 'nowhere',
    initialiser: 'xavier',
  },
  {
    name: 'sigmoid',
    summary: 'Squeezes its input between 0 and 1.',
    formula: 'φ(x) = 1 / (1 + e⁻ˣ),  φ′ = φ (1 − φ)',
    gradient:
      'Largest derivative 0.25, at 0: every layer passes on at most a quarter of the error, times its weights. Below 1 % of that where |x| > 5.99. Gain 1.',
    reference: {
      title:
        'Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks',
      url: 'https://proceedings.mlr.press/v9/glorot10a.html',
    },
    arguments: [],
    example: 'dense 16 sigmoid init=xavier_uniform',
    largestDerivative: 0.25,
    flat: 'both sides',
    initialiser: 'xavier',
  },
  {
    name: 'tanh',
    summary: 'Squeezes its input between −1 and 1.',
    formula: 'φ(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ),  φ′ = 1 − φ²',
    gradient: 'Largest derivative 1, at 0; below 1 % of that where |x| > 2.99. Gain 5/3.',
    reference: {
      title: 'LeCun et al. 1998, Efficient BackProp',
      url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf',
    },
    arguments: [],
    example: 'dense 16 tanh init=xavier_uniform(gain=1.667)',
    largestDerivative: 1,
    flat: 'both sides',
    initialiser: 'xavier',
  },
  {
    name: 'softsign',
    summary: 'Squeezes its input between −1 and 1, with tails that flatten slowly.',
    formula: 'φ(x) = x / (1 + |x|),  φ′ = 1 / (1 + |x|)²',
    gradient:
      'Largest derivative 1, at 0; below 1 % of that where |x| > 9: it saturates later than tanh. Gain 1.',
    reference: {
      title:
        'Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks',
      url: 'https://proceedings.mlr.press/v9/glorot10a.html',
    },
    arguments: [],
    example: 'dense 16 softsign',
    largestDerivative: 1,
    flat: 'both sides',
    initialiser: 'xavier',
  },
  {
    name: 'hard_tanh',
    summary: 'Clips its input to −1 … 1.',
    formula: 'φ(x) = min(1, max(−1, x))',
    gradient: 'The derivative is 1 inside of −1 … 1 and exactly 0 outside.',
    reference: {
      title: 'Collobert 2004, Large scale machine learning',
      url: 'https://ronan.collobert.com/pub/2004_phdthesis_lip6.pdf',
    },
    arguments: [],
    example: 'dense 16 hard_tanh',
    largestDerivative: 1,
    flat: 'both sides',
    initialiser: 'xavier',
  },
  {
    name: 'hard_sigmoid',
    summary: 'A sigmoid of straight pieces.',
    formula: 'φ(x) = min(1, max(0, x/6 + 1/2))',
    gradient:
      'The derivative is 1/6 where |x| < 3 and exactly 0 outside: every layer passes on at most a sixth of the error, times its weights.',
    reference: {
      title: 'Howard et al. 2019, Searching for MobileNetV3',
      url: 'https://arxiv.org/abs/1905.02244',
    },
    arguments: [],
    example: 'dense 16 hard_sigmoid',
    largestDerivative: 1 / 6,
    flat: 'both sides',
    initialiser: 'xavier',
  },
  {
    name: 'softmax',
    summary: 'Turns the last dimension into probabilities that sum to 1.',
    formula: 'φ(x)ᵢ = eˣⁱ / Σⱼ eˣʲ,  ∂φᵢ/∂xⱼ = φᵢ (δᵢⱼ − φⱼ)',
    gradient:
      'No entry of its derivative exceeds 0.25, and all of them vanish as one probability nears 1. `cross_entropy` has a softmax built in: give it the values before.',
    reference: {
      title: 'Bridle 1990, Probabilistic interpretation of feedforward classification network outputs',
      url: 'https://doi.org/10.1007/978-3-642-76153-9_28',
    },
    arguments: [],
    example: 'activation softmax',
    largestDerivative: 0.25,
    flat: 'both sides',
    initialiser: 'xavier',
  },
];
