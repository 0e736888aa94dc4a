import type { Schedule, TrainSettings } from '../network.ts';
import type { Argument, CatalogueEntry } from './entry.ts';

/** A course of the learning rate over the steps. */
export interface ScheduleEntry extends CatalogueEntry {
  readonly name: Schedule['name'];
}

/** A way of limiting the gradient. */
export interface ClipEntry extends CatalogueEntry {
  readonly name: NonNullable<TrainSettings['clip']>['by'];
}

const warmup: Argument = {
  name: 'warmup',
  position: 0,
  type: { type: 'integer', min: 0, max: 1_000_000_000 },
  default: '0',
  documentation: 'Steps over which the rate first rises from 0 in a straight line.',
};

/** Every schedule; a step is one update. */
export const schedules: readonly ScheduleEntry[] = [
  {
    name: 'constant',
    summary: 'The learning rate stays as it is.',
    formula: 'lr(s) = lr',
    arguments: [],
    example: 'schedule = constant',
  },
  {
    name: 'step',
    summary: 'Multiplies the learning rate by `gamma` every `size` steps.',
    formula: 'lr(s) = lr · gamma^⌊s / size⌋',
    arguments: [
      {
        name: 'size',
        position: 0,
        type: { type: 'integer', min: 1, max: 1_000_000_000 },
        required: true,
        documentation: 'Steps between two changes.',
      },
      {
        name: 'gamma',
        position: 1,
        type: { type: 'number', min: 0 },
        default: '0.1',
        documentation: 'Factor at each change.',
      },
    ],
    example: 'schedule = step(200, gamma=0.5)',
  },
  {
    name: 'cosine',
    summary: 'Half a cosine wave from the learning rate down to 0 at the last step.',
    formula: 'lr(s) = lr · (1 + cos(π s / steps)) / 2',
    reference: {
      title: 'Loshchilov and Hutter 2016, SGDR: stochastic gradient descent with warm restarts',
      url: 'https://arxiv.org/abs/1608.03983',
    },
    arguments: [warmup],
    example: 'schedule = cosine(warmup=50)',
  },
  {
    name: 'linear',
    summary: 'A straight line from the learning rate down to 0 at the last step.',
    formula: 'lr(s) = lr · (1 − s / steps)',
    arguments: [warmup],
    example: 'schedule = linear(warmup=50)',
  },
];

const max: Argument = {
  name: 'max',
  position: 0,
  type: { type: 'number', min: 0, exclusive: true },
  required: true,
  documentation: 'The limit.',
};

/** Every way of clipping. Recorded gradients are those before it. */
export const clips: readonly ClipEntry[] = [
  {
    name: 'norm',
    summary: 'Scales the gradient of all parameters together down to a norm of `max` where it is larger.',
    formula: 'g ← g · min(1, max / ‖g‖)',
    gradient: 'Tames exploding gradients and keeps their direction; it never makes a gradient larger.',
    reference: {
      title: 'Pascanu et al. 2012, On the difficulty of training recurrent neural networks',
      url: 'https://arxiv.org/abs/1211.5063',
    },
    arguments: [max],
    example: 'clip = norm(1)',
  },
  {
    name: 'value',
    summary: 'Clips every entry of the gradient to −max … max.',
    formula: 'gᵢ ← min(max, max(−max, gᵢ))',
    gradient: 'Tames exploding gradients, but turns their direction.',
    arguments: [max],
    example: 'clip = value(0.5)',
  },
];
