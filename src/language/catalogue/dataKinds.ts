import type { DataKind } from '../network.ts';
import type { Argument, CatalogueEntry } from './entry.ts';
import { seed } from './settings.ts';

/** A kind of data. Arguments `samples`, `seed` and `split` are common to all. */
export interface DataEntry extends CatalogueEntry {
  readonly name: DataKind;
}

/** Handwritten digits that come with the product. */
export const digitSamples = 1797;

const most = 1_000_000_000;

const samples = (standard?: string): Argument => ({
  name: 'samples',
  type: { type: 'integer', min: 1, max: most },
  ...(standard !== undefined && { default: standard }),
  documentation: `Number of samples${standard === undefined ? '; all that there are, where it is left out' : ''}.`,
});

const split = (standard: string): Argument => ({
  name: 'split',
  // With none at all there would be nothing to train on.
  type: { type: 'number', min: 1e-6, max: 1 },
  default: standard,
  documentation: 'Share of the samples kept for training; the others test what was learned.',
});

const common = (count?: string): readonly Argument[] => [samples(count), seed, split('0.8')];
const generated = common('1000');

const noise: Argument = {
  name: 'noise',
  type: { type: 'number', min: 0 },
  default: '0',
  documentation: 'Standard deviation of the normal noise that is added.',
};

const classes = (min: number, standard: string | undefined, documentation: string): Argument => ({
  name: 'classes',
  type: { type: 'integer', min, max: 10_000 },
  ...(standard !== undefined && { default: standard }),
  documentation,
});

const features: Argument = {
  name: 'features',
  type: { type: 'integer', min: 1, max: 1_000_000 },
  documentation: 'Numbers a sample; as many as the network’s input takes, where it is left out.',
};

const length = (min: number): Argument => ({
  name: 'length',
  type: { type: 'integer', min, max: 100_000 },
  documentation: 'Number of time steps; as many as the network’s input takes, where it is left out.',
});

const scikit = (name: string): { title: string; url: string } => ({
  title: `scikit-learn, make_${name}`,
  url: `https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_${name}.html`,
});

/** Every kind of data, in the order of the reference. */
export const dataKinds: readonly DataEntry[] = [
  {
    name: 'moons',
    summary: 'Two interleaving half circles in the plane; fits `input 2`, two classes.',
    reference: scikit('moons'),
    arguments: [...generated, noise],
    example: 'data moons { samples = 1000, noise = 0.1 }',
  },
  {
    name: 'circles',
    summary: 'A circle inside of another in the plane; fits `input 2`, two classes.',
    reference: scikit('circles'),
    arguments: [
      ...generated,
      noise,
      {
        name: 'factor',
        type: { type: 'number', min: 0, max: 1 },
        default: '0.8',
        documentation: 'Radius of the inner circle; the outer one has 1.',
      },
    ],
    example: 'data circles { factor = 0.5 }',
  },
  {
    name: 'spirals',
    summary: 'Interleaving spiral arms in the plane, one a class; fits `input 2`.',
    reference: {
      title: 'Lang and Witbrock 1988, Learning to tell two spirals apart',
      url: 'https://www.researchgate.net/publication/269337640_Learning_to_Tell_Two_Spirals_Apart',
    },
    arguments: [...generated, noise, classes(2, '2', 'Number of arms.')],
    example: 'data spirals { classes = 3, noise = 0.05 }',
  },
  {
    name: 'blobs',
    summary: 'Normal clouds around random centres, one a class.',
    reference: scikit('blobs'),
    arguments: [
      ...generated,
      classes(1, '3', 'Number of clouds.'),
      {
        name: 'std',
        type: { type: 'number', min: 0 },
        default: '1',
        documentation: 'Standard deviation of each cloud.',
      },
      features,
    ],
    example: 'data blobs { classes = 4, std = 2 }',
  },
  {
    name: 'xor',
    summary:
      'The corners of the unit square, where exactly one coordinate decides; fits `input 2`, two classes.',
    arguments: [...generated, noise],
    example: 'data xor { noise = 0.1 }',
  },
  {
    name: 'parity',
    summary: 'Random bits; the class says whether the number of ones is odd.',
    arguments: [
      ...generated,
      {
        name: 'bits',
        type: { type: 'integer', min: 1, max: 1_000_000 },
        documentation: 'Number of bits; as many as the network’s input takes, where it is left out.',
      },
    ],
    example: 'data parity { bits = 8 }',
  },
  {
    name: 'sine',
    summary: 'Regression: one number, the mean of sin(πx) over the features.',
    arguments: [...generated, noise, features],
    example: 'data sine { noise = 0.1 }',
  },
  {
    name: 'linear',
    summary: 'Regression: one number, a fixed weighted sum of the features.',
    arguments: [...generated, noise, features],
    example: 'data linear { noise = 0.1 }',
  },
  {
    name: 'teacher',
    summary:
      'Regression: targets come from a fixed random network of one hidden tanh layer, as many as the output has.',
    arguments: [
      ...generated,
      noise,
      {
        name: 'hidden',
        type: { type: 'integer', min: 1, max: 10_000 },
        default: '16',
        documentation: 'Units of the teacher’s hidden layer.',
      },
    ],
    example: 'data teacher { hidden = 32 }',
  },
  {
    name: 'gaussian',
    summary:
      'Standard normal inputs of any shape and random targets: for studies of gradients without a task.',
    arguments: [
      ...generated,
      classes(1, undefined, 'Number of classes; normal numbers where it is left out and the loss allows.'),
    ],
    example: 'data gaussian { samples = 256 }',
  },
  {
    name: 'adding',
    summary: 'A sequence task: add the two numbers that are marked. Fits `input 50x2`, one number.',
    reference: {
      title: 'Hochreiter and Schmidhuber 1997, Long short-term memory',
      url: 'https://doi.org/10.1162/neco.1997.9.8.1735',
    },
    arguments: [...generated, length(2)],
    example: 'data adding { length = 50 }',
  },
  {
    name: 'copy',
    summary:
      'A sequence task on tokens: repeat ten symbols after a long blank. An answer at every time step.',
    reference: {
      title: 'Arjovsky et al. 2016, Unitary evolution recurrent neural networks',
      url: 'https://arxiv.org/abs/1511.06464',
    },
    arguments: [...generated, length(3), classes(1, '8', 'Number of different symbols.')],
    example: 'data copy { length = 30 }',
  },
  {
    name: 'recall',
    summary: 'A sequence task on tokens: after pairs of a key and a value, name the value of one key.',
    reference: {
      title: 'Ba et al. 2016, Using fast weights to attend to the recent past',
      url: 'https://arxiv.org/abs/1610.06258',
    },
    arguments: [...generated, length(4), classes(1, '8', 'Number of different keys, and of values.')],
    example: 'data recall { length = 20 }',
  },
  {
    name: 'digits',
    summary:
      '1,797 handwritten digits, 8 x 8, scaled to 0 … 1; fits `input 64`, `input 8x8` and `input 1x8x8`, ten classes.',
    reference: {
      title: 'UCI, Optical recognition of handwritten digits',
      url: 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
    },
    arguments: common(String(digitSamples)),
    example: 'data digits { split = 0.8 }',
  },
  {
    name: 'mnist',
    summary:
      '70,000 handwritten digits, 28 x 28, from the four IDX files; fits `input 784` and `input 1x28x28`, ten classes.',
    reference: {
      title: 'LeCun et al. 1998, Gradient-based learning applied to document recognition',
      url: 'http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf',
    },
    arguments: [
      ...common(),
      {
        name: 'path',
        type: { type: 'path', extensions: [] },
        required: true,
        documentation: 'The folder with the four files, plain or gzipped, relative to this file.',
      },
    ],
    example: 'data mnist { path = "mnist" }',
  },
  {
    name: 'csv',
    summary: 'A table from a file: one sample a row, the target columns to be learned, all others inputs.',
    arguments: [
      ...common(),
      {
        name: 'path',
        type: { type: 'path', extensions: ['csv', 'tsv', 'txt'] },
        required: true,
        documentation: 'The file, relative to this one.',
      },
      {
        name: 'target',
        type: { type: 'column' },
        required: true,
        documentation:
          'The column to be learned, or a list of several: a name, or a number from 0 where there is no header.',
      },
      {
        name: 'header',
        type: { type: 'boolean' },
        default: 'true',
        documentation: 'Whether the first line holds the names of the columns.',
      },
      {
        name: 'normalize',
        type: { type: 'word', words: ['standard', 'minmax', 'none'] },
        default: 'none',
        documentation:
          'How inputs are scaled: to mean 0 and deviation 1, to 0 … 1, or not; measured on the training samples.',
      },
    ],
    example: 'data csv { path = "iris.csv", target = species, normalize = standard }',
  },
  {
    name: 'inline',
    summary: 'Samples written in this file, all of them for training unless `split` is written.',
    arguments: [
      samples(),
      seed,
      // Who writes samples out means every one of them, in this order.
      split('1'),
      {
        name: 'inputs',
        type: { type: 'numbers' },
        required: true,
        documentation: 'A list with one item a sample, nested as deep as the sample’s shape.',
      },
      {
        name: 'targets',
        type: { type: 'numbers' },
        required: true,
        documentation:
          'A list with one item a sample: a class as a plain whole number, or a list of numbers.',
      },
    ],
    example: 'data inline { inputs = [[0, 0], [1, 1]], targets = [0, 1] }',
  },
];
