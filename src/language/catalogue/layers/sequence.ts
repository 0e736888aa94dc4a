/** Layers for tokens and for attention over time. */
import { tokenProblem, wrongInput, type LayerEntry } from './layer.ts';
import { biasInit, init, largestSize } from './sharedArguments.ts';

export const embedding: LayerEntry = {
  name: 'embedding',
  summary: 'Turns each token index into a learned vector.',
  formula: 'y[t] = E[x[t]]',
  gradient: 'Only the rows of tokens that occur in the batch get a gradient; all others get exactly 0.',
  reference: {
    title: 'Bengio et al. 2003, A neural probabilistic language model',
    url: 'https://www.jmlr.org/papers/v3/bengio03a.html',
  },
  arguments: [
    {
      name: 'vocab',
      position: 0,
      type: { type: 'integer', min: 1, max: largestSize },
      required: true,
      documentation: 'Number of different tokens.',
    },
    {
      name: 'dim',
      position: 1,
      type: { type: 'integer', min: 1, max: largestSize },
      required: true,
      documentation: 'Length of the vectors.',
    },
    init,
  ],
  example: 'embedding 27 16',
  plan(written, input) {
    const vocabulary = written.integer('vocab');
    const dimension = written.integer('dim');
    if (input.vocabulary === undefined) {
      const help = `Declare them in the input, as in \`input 64 vocab=${vocabulary}\`, and put \`embedding\` first.`;
      return wrongInput('embedding', 'token indices', input, help);
    }
    if (vocabulary < input.vocabulary) {
      const message = `\`embedding ${vocabulary}\` has rows for the tokens 0 … ${vocabulary - 1}, but the input has \`vocab=${input.vocabulary}\`.`;
      return { rule: 'shape', argument: 'vocab', message };
    }
    return {
      kind: 'embedding',
      vocabulary,
      dimension,
      init: written.initialiser('init'),
      outputShape: [...input.shape, dimension],
      parameters: vocabulary * dimension,
    };
  },
};

export const attention: LayerEntry = {
  name: 'attention',
  summary: 'Multi-head self-attention over time, with its four projections.',
  formula: 'y = W_o · concat over heads of softmax(q kᵀ / √d) v,  q, k, v = W x + b',
  gradient:
    'Errors reach every time step directly, whatever the distance; through a softmax that has settled on one step hardly anything passes to q and k.',
  reference: {
    title: 'Vaswani et al. 2017, Attention is all you need',
    url: 'https://arxiv.org/abs/1706.03762',
  },
  arguments: [
    {
      name: 'heads',
      position: 0,
      type: { type: 'integer', min: 1, max: 1024 },
      required: true,
      documentation: 'Number of heads; they share the features out equally.',
    },
    {
      name: 'causal',
      type: { type: 'boolean' },
      default: 'false',
      documentation: 'Whether a time step sees only itself and earlier ones.',
    },
    init,
    biasInit,
  ],
  example: 'attention 4 causal=true',
  plan(written, input) {
    const tokens = tokenProblem('attention', input);
    if (tokens) return tokens;
    if (input.shape.length !== 2)
      return wrongInput(
        'attention',
        'a sequence (time x features)',
        input,
        'Give the network an input such as `50x8`.',
      );
    const heads = written.integer('heads');
    const features = input.shape[1];
    if (features % heads !== 0) {
      const message = `${heads} heads do not divide the ${features} features of ${input.shape.join('x')} equally.`;
      return { rule: 'shape', argument: 'heads', message };
    }
    return {
      kind: 'attention',
      heads,
      causal: written.boolean('causal'),
      init: written.initialiser('init'),
      biasInit: written.initialiser('bias_init'),
      outputShape: input.shape,
      parameters: 4 * (features * features + features),
    };
  },
};

export const position: LayerEntry = {
  name: 'position',
  summary: 'Adds a learned vector for every time step, so that attention can tell them apart.',
  formula: 'y[t] = x[t] + P[t],  P drawn from N(0, 1) like an embedding',
  gradient: 'The error passes unchanged.',
  reference: {
    title: 'Gehring et al. 2017, Convolutional sequence to sequence learning',
    url: 'https://arxiv.org/abs/1705.03122',
  },
  arguments: [],
  example: 'position',
  plan(_written, input) {
    const tokens = tokenProblem('position', input);
    if (tokens) return tokens;
    if (input.shape.length !== 2)
      return wrongInput('position', 'a sequence (time x features)', input, 'It belongs behind `embedding`.');
    return { kind: 'position', outputShape: input.shape, parameters: input.shape[0] * input.shape[1] };
  },
};
