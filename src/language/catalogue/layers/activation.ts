import { tokenProblem, type LayerEntry } from './layer.ts';
import { activation as activationArgument } from './sharedArguments.ts';

const { default: _, ...which } = activationArgument(0);

export const activation: LayerEntry = {
  name: 'activation',
  summary: 'An activation on a line of its own, for instance behind a normalisation.',
  formula: 'y = φ(x)',
  gradient: 'Multiplies the error by φ′, entry by entry.',
  arguments: [{ ...which, required: true }],
  example: 'activation relu',
  plan(written, input) {
    const tokens = tokenProblem('activation', input);
    if (tokens) return tokens;
    return {
      kind: 'activation',
      activation: written.activation('activation'),
      outputShape: input.shape,
      parameters: 0,
    };
  },
};
