/** The blocks `train` and `analyze`, and what all kinds of `data` have in common. */
import type { Argument, CatalogueEntry } from './entry.ts';

const mostSteps = 1_000_000_000;
const largestSeed = 4_294_967_295;

export const seed: Argument = {
  name: 'seed',
  type: { type: 'integer', min: 0, max: largestSeed },
  default: '1',
  documentation: 'Where the random numbers begin: the same seed gives the same numbers on every machine.',
};

export const train: CatalogueEntry = {
  name: 'train',
  summary: 'How the network is trained.',
  arguments: [
    {
      name: 'loss',
      type: { type: 'loss' },
      required: true,
      documentation: 'What training makes small.',
    },
    {
      name: 'optimizer',
      type: { type: 'optimizer' },
      default: 'sgd(lr=0.01)',
      documentation: 'How a gradient becomes a step.',
    },
    {
      name: 'schedule',
      type: { type: 'schedule' },
      default: 'constant',
      documentation: 'How the learning rate changes over the steps.',
    },
    {
      name: 'clip',
      type: { type: 'clip' },
      documentation: 'A limit on the gradient before the step; what is recorded is before it.',
    },
    {
      name: 'batch',
      type: { type: 'integer', min: 1, max: mostSteps, words: ['all'] },
      default: '32',
      documentation:
        'Samples a step. The last, smaller batch of an epoch is kept; `all` is the full set in its own order.',
    },
    {
      name: 'steps',
      type: { type: 'integer', min: 1, max: mostSteps },
      default: '500',
      documentation: 'Number of updates; or write `epochs`.',
    },
    {
      name: 'epochs',
      type: { type: 'integer', min: 1, max: mostSteps },
      documentation: 'Number of passes over the training samples, instead of `steps`.',
    },
    seed,
    {
      name: 'precision',
      type: { type: 'word', words: ['float32', 'float64'] },
      default: 'float32',
      documentation: 'Precision of the numbers; norms are summed in float64 either way.',
    },
    {
      name: 'weights',
      type: { type: 'path', extensions: ['safetensors'] },
      documentation:
        'Weights to start from instead of the initialisers; layers that the file does not name keep theirs.',
    },
  ],
  example: 'train { loss = cross_entropy, optimizer = adam(lr=0.001), steps = 500 }',
};

export const analyze: CatalogueEntry = {
  name: 'analyze',
  summary:
    'What counts as a gradient that is too small or too large; what is left out comes from the user’s settings.',
  arguments: [
    {
      name: 'threshold',
      type: { type: 'number', min: 0 },
      documentation: 'Smallest healthy gradient norm (1e-4 in the settings at first).',
    },
    {
      name: 'explode',
      type: { type: 'number', min: 0 },
      documentation: 'Largest healthy gradient norm (1e3 in the settings at first).',
    },
    {
      name: 'ratio',
      type: { type: 'number', min: 0, max: 1 },
      documentation:
        'Smallest healthy share of a layer’s norm in that of the output-most layer (1e-3 in the settings at first).',
    },
    {
      name: 'metric',
      type: { type: 'word', words: ['norm', 'rms', 'relative'] },
      documentation:
        'What is held against the limits: the norm, the norm over √parameters, or the norm over that of the parameters.',
    },
    {
      name: 'every',
      type: { type: 'integer', min: 1, max: mostSteps },
      default: '1',
      documentation: 'Record each n-th step.',
    },
    {
      name: 'seeds',
      type: { type: 'integer', min: 1, max: 1000 },
      documentation:
        'Train over so many seeds, and say how often each verdict comes up (1 in the settings at first).',
    },
  ],
  example: 'analyze { threshold = 1e-5 }',
};
