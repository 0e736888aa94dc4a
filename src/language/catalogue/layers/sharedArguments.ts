/** Arguments that several kinds of layer have in common. */
import type { Argument } from '../entry.ts';

/** Widest layer and largest image side that is accepted. */
export const largestSize = 1_000_000;

export const units: Argument = {
  name: 'units',
  position: 0,
  type: { type: 'integer', min: 1, max: largestSize },
  required: true,
  documentation: 'Number of outputs.',
};

export const activation = (position: number, standard = 'linear', words?: readonly string[]): Argument => ({
  name: 'activation',
  position,
  type: { type: 'activation', ...(words && { words }) },
  default: standard,
  documentation: 'What is applied to the output.',
});

export const init: Argument = {
  name: 'init',
  type: { type: 'initialiser' },
  default: 'default',
  documentation: 'How the weights are drawn; the biases are not touched by it.',
};

export const recurrentInit: Argument = {
  name: 'recurrent_init',
  type: { type: 'initialiser' },
  default: 'default',
  documentation: 'How the weights from one time step to the next are drawn.',
};

export const biasInit: Argument = {
  name: 'bias_init',
  type: { type: 'initialiser' },
  default: 'default',
  documentation: 'How the biases are drawn; PyTorch’s default where it is left out.',
};

export const bias: Argument = {
  name: 'bias',
  type: { type: 'boolean' },
  default: 'true',
  documentation: 'Whether there is a bias.',
};

export const returns: Argument = {
  name: 'return',
  type: { type: 'word', words: ['last', 'sequence'] },
  default: 'last',
  documentation: 'The output of the last time step, or that of every one.',
};

const sizes = { type: 'shape', dimensions: [1, 2] } as const;

export const kernel: Argument = {
  name: 'kernel',
  position: 1,
  type: { ...sizes, min: 1 },
  required: true,
  documentation: 'Size of the window: `3` for 3 x 3 (or 3 time steps), `3x5` for height x width.',
};

export const poolSize: Argument = {
  name: 'size',
  position: 0,
  type: { ...sizes, min: 1 },
  required: true,
  documentation: 'Size of the window: `2` for 2 x 2 (or 2 time steps), `2x3` for height x width.',
};

export const stride = (standard: string | undefined): Argument => ({
  name: 'stride',
  type: { ...sizes, min: 1 },
  ...(standard !== undefined && { default: standard }),
  documentation: `How far the window moves${standard === undefined ? '; its own size where it is left out' : ''}.`,
});

export const padding: Argument = {
  name: 'padding',
  type: { ...sizes, min: 0 },
  default: '0',
  documentation: 'Zeros added on every side.',
};

export const dilation: Argument = {
  name: 'dilation',
  type: { ...sizes, min: 1 },
  default: '1',
  documentation: 'Distance between the points that the kernel looks at.',
};
