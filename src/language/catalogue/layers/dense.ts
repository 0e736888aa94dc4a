import { tokenProblem, wrongInput, type LayerEntry } from './layer.ts';
import { activation, bias, biasInit, init, units } from './sharedArguments.ts';

export const dense: LayerEntry = {
  name: 'dense',
  summary:
    'An affine map of the last dimension and an activation; on a sequence, the same at every time step.',
  formula: 'y = φ(W x + b)',
  gradient:
    'The error goes back through Wᵀ and φ′: each layer multiplies its norm by about √(fan_out · Var w) times the mean of φ′.',
  reference: {
    title: 'Rumelhart et al. 1986, Learning representations by back-propagating errors',
    url: 'https://doi.org/10.1038/323533a0',
  },
  arguments: [units, activation(1), init, biasInit, bias],
  example: 'hidden: dense 16 relu init=kaiming_normal',
  plan(written, input) {
    const tokens = tokenProblem('dense', input);
    if (tokens) return tokens;
    if (input.shape.length > 2)
      return wrongInput('dense', 'a vector or a sequence', input, 'Put `flatten` in front.', 'flatten');
    const features = input.shape.at(-1)!;
    const count = written.integer('units');
    const hasBias = written.boolean('bias');
    return {
      kind: 'dense',
      units: count,
      activation: written.activation('activation'),
      init: written.initialiser('init'),
      biasInit: written.initialiser('bias_init'),
      bias: hasBias,
      outputShape: [...input.shape.slice(0, -1), count],
      parameters: features * count + (hasBias ? count : 0),
    };
  },
};
