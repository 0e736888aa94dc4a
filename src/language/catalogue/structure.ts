/** Lines of a network that are no layers. */
import type { CatalogueEntry } from './entry.ts';
import { largestSize } from './layers/sharedArguments.ts';

/** More instances than any `repeat` needs; the limit on all layers of a network is `largestNetwork`. */
const mostInstances = 1_000_000_000;

export const input: CatalogueEntry = {
  name: 'input',
  summary: 'The shape of one sample; the first line of every network.',
  formula:
    '2 (features), 1x28x28 (channels x height x width), 50x8 (time x features), 64 vocab=27 (token indices)',
  arguments: [
    {
      name: 'shape',
      position: 0,
      type: { type: 'shape', dimensions: [1, 2, 3], min: 1 },
      required: true,
      documentation: 'Sizes joined by `x`.',
    },
    {
      name: 'vocab',
      type: { type: 'integer', min: 1, max: largestSize },
      documentation: 'The samples are sequences of token indices below this number.',
    },
  ],
  example: 'input 1x28x28',
};

export const repeat: CatalogueEntry = {
  name: 'repeat',
  summary: 'The layers of its block several times in a row, each with its own parameters.',
  gradient: 'Depth: what one layer does to the error, N of them do to the N-th power.',
  arguments: [
    {
      name: 'count',
      position: 0,
      type: { type: 'integer', min: 1, max: mostInstances },
      required: true,
      documentation: 'How often.',
    },
  ],
  example: 'hidden: repeat 8 { dense 16 relu }',
};
