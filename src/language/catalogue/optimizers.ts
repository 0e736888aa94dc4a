import type { Optimizer } from '../network.ts';
import type { Argument, CatalogueEntry } from './entry.ts';

/** An optimizer, with the learning rates that people use it with. */
export interface OptimizerEntry extends CatalogueEntry {
  readonly name: Optimizer['name'];
  /** Outside of this range a learning rate is worth a word. */
  readonly usual: { readonly from: number; readonly to: number };
}

const rate = (standard: string): Argument => ({
  name: 'lr',
  position: 0,
  type: { type: 'number', min: 0 },
  default: standard,
  documentation: 'The learning rate.',
});

const share = (name: string, standard: string, documentation: string): Argument => ({
  name,
  type: { type: 'number', min: 0, max: 1, below: true },
  default: standard,
  documentation,
});

const momentum: Argument = {
  name: 'momentum',
  type: { type: 'number', min: 0, max: 1 },
  default: '0',
  documentation: 'Share of the last update that is kept.',
};

const decay = (standard: string, documentation: string): Argument => ({
  name: 'weight_decay',
  type: { type: 'number', min: 0 },
  default: standard,
  documentation,
});

const l2 =
  'Adds this times the weights to the gradient that the optimizer uses; what is recorded is without it.';

const eps = (standard: string): Argument => ({
  name: 'eps',
  type: { type: 'number', min: 0 },
  default: standard,
  documentation: 'Added to the denominator.',
});

const betas = [
  share('beta1', '0.9', 'Decay of the mean of gradients.'),
  share('beta2', '0.999', 'Decay of the mean of squared gradients.'),
];

const adamPaper = {
  title: 'Kingma and Ba 2014, Adam: a method for stochastic optimization',
  url: 'https://arxiv.org/abs/1412.6980',
};

/** Every optimizer, in the order of the reference; defaults are those of `torch.optim`. */
export const optimizers: readonly OptimizerEntry[] = [
  {
    name: 'sgd',
    summary: 'Stochastic gradient descent, with or without momentum.',
    formula: 'v ← momentum · v + g,  w ← w − lr · v',
    gradient: 'Steps are as small as the gradient: a layer whose gradient vanishes does not learn.',
    reference: {
      title: 'Sutskever et al. 2013, On the importance of initialization and momentum in deep learning',
      url: 'https://proceedings.mlr.press/v28/sutskever13.html',
    },
    arguments: [
      rate('0.001'),
      momentum,
      {
        name: 'nesterov',
        type: { type: 'boolean' },
        default: 'false',
        documentation: 'Looks ahead along the momentum; needs `momentum` above 0.',
      },
      decay('0', l2),
    ],
    example: 'optimizer = sgd(lr=0.1, momentum=0.9)',
    usual: { from: 1e-4, to: 1 },
  },
  {
    name: 'adam',
    summary: 'Divides each step by the recent size of that weight’s gradient.',
    formula: 'm ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  w ← w − lr · m̂ / (√v̂ + eps)',
    gradient:
      'Steps are about `lr` whatever the size of the gradient, down to about eps = 1e-8: it hides vanishing gradients, until the noise is all that is left of them.',
    reference: adamPaper,
    arguments: [rate('0.001'), ...betas, eps('1e-8'), decay('0', l2)],
    example: 'optimizer = adam(lr=0.001)',
    usual: { from: 1e-6, to: 0.1 },
  },
  {
    name: 'adamw',
    summary: 'Adam with a weight decay of its own, apart from the gradient.',
    formula: 'w ← w − lr · weight_decay · w,  then as adam',
    gradient: 'As for adam.',
    reference: {
      title: 'Loshchilov and Hutter 2017, Decoupled weight decay regularization',
      url: 'https://arxiv.org/abs/1711.05101',
    },
    arguments: [
      rate('0.001'),
      ...betas,
      eps('1e-8'),
      decay('0.01', 'Share of the weights, times `lr`, taken off at every step.'),
    ],
    example: 'optimizer = adamw(lr=0.001, weight_decay=0.01)',
    usual: { from: 1e-6, to: 0.1 },
  },
  {
    name: 'rmsprop',
    summary: 'Divides each step by the root mean square of that weight’s recent gradients.',
    formula: 'v ← α v + (1 − α) g²,  w ← w − lr · g / (√v + eps)',
    gradient: 'Steps are about `lr` whatever the size of the gradient, as for adam.',
    reference: {
      title: 'Hinton 2012, Lecture 6e of Neural networks for machine learning',
      url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
    },
    arguments: [
      rate('0.01'),
      share('alpha', '0.99', 'Decay of the mean of squared gradients.'),
      eps('1e-8'),
      momentum,
      decay('0', l2),
    ],
    example: 'optimizer = rmsprop(lr=0.001)',
    usual: { from: 1e-6, to: 0.1 },
  },
  {
    name: 'adagrad',
    summary: 'Divides each step by the root of the sum of all squared gradients so far.',
    formula: 's ← s + g²,  w ← w − lr · g / (√s + eps)',
    gradient: 'The first step is `lr` whatever the gradient; later ones shrink.',
    reference: {
      title: 'Duchi et al. 2011, Adaptive subgradient methods',
      url: 'https://jmlr.org/papers/v12/duchi11a.html',
    },
    arguments: [rate('0.01'), eps('1e-10'), decay('0', l2)],
    example: 'optimizer = adagrad(lr=0.01)',
    usual: { from: 1e-5, to: 1 },
  },
];
