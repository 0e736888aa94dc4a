/** Layers that only pass their input on in another form. */
import { sizeOf, tokenProblem, type LayerEntry } from './layer.ts';

export const flatten: LayerEntry = {
  name: 'flatten',
  summary: 'Lays an image or a sequence out as one vector, the last dimension fastest.',
  gradient: 'Only reshapes: the error passes unchanged.',
  arguments: [],
  example: 'flatten',
  plan(_written, input) {
    return (
      tokenProblem('flatten', input) ?? { kind: 'flatten', outputShape: [sizeOf(input.shape)], parameters: 0 }
    );
  },
};

export const dropout: LayerEntry = {
  name: 'dropout',
  summary: 'While training, sets entries to 0 at random and scales the others up to make up for it.',
  formula: 'y = x · m / (1 − p),  m = 0 with probability p, else 1',
  gradient:
    'The error passes through the same mask and scale: unchanged in the mean, noisier from step to step.',
  reference: {
    title: 'Srivastava et al. 2014, Dropout: a simple way to prevent neural networks from overfitting',
    url: 'https://jmlr.org/papers/v15/srivastava14a.html',
  },
  arguments: [
    {
      name: 'p',
      position: 0,
      type: { type: 'number', min: 0, max: 0.999 },
      default: '0.5',
      documentation: 'Probability that an entry is set to 0.',
    },
  ],
  example: 'dropout 0.2',
  plan(written, input) {
    return (
      tokenProblem('dropout', input) ?? {
        kind: 'dropout',
        probability: written.number('p'),
        outputShape: input.shape,
        parameters: 0,
      }
    );
  },
};
