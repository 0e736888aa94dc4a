import type { Argument } from '../entry.ts';
import {
  tokenProblem,
  wrongInput,
  type LayerArguments,
  type LayerEntry,
  type LayerPlan,
  type LayerProblem,
  type Signal,
} from './layer.ts';
import { activation, biasInit, init, recurrentInit, returns, units } from './sharedArguments.ts';

const withoutActivation: readonly Argument[] = [units, returns, init, recurrentInit, biasInit];

/** Gates of the cell: each has weights from the input and from the state, and PyTorch’s two biases. */
const gates = { rnn: 1, lstm: 4, gru: 3 } as const;

function planRecurrent(
  kind: 'rnn' | 'lstm' | 'gru',
  written: LayerArguments,
  input: Signal,
): LayerPlan | LayerProblem {
  const tokens = tokenProblem(kind, input);
  if (tokens) return tokens;
  const [time, features] = input.shape;
  if (input.shape.length !== 2 || time === undefined || features === undefined) {
    const help = 'Give the network an input such as `50x8`.';
    return wrongInput(kind, 'a sequence (time x features)', input, help);
  }
  const count = written.integer('units');
  const sequence = written.word('return') === 'sequence';
  return {
    kind,
    units: count,
    activation: kind === 'rnn' ? written.activation('activation') : { name: 'tanh', parameter: 0 },
    returns: sequence ? 'sequence' : 'last',
    init: written.initialiser('init'),
    recurrentInit: written.initialiser('recurrent_init'),
    biasInit: written.initialiser('bias_init'),
    outputShape: sequence ? [time, count] : [count],
    parameters: gates[kind] * count * (features + count + 2),
  };
}

export const rnn: LayerEntry = {
  name: 'rnn',
  summary: 'A simple recurrent layer: its state goes through the same weights at every time step.',
  formula: 'hₜ = φ(W x_t + b + U hₜ₋₁ + c)',
  gradient:
    'The error goes back through Uᵀ and φ′ once a time step: over T steps its norm changes by the T-th power of that factor, and vanishes or explodes unless the factor is 1.',
  reference: {
    title: 'Bengio et al. 1994, Learning long-term dependencies with gradient descent is difficult',
    url: 'https://doi.org/10.1109/72.279181',
  },
  arguments: [
    units,
    activation(1, 'tanh', ['tanh', 'relu', 'linear']),
    returns,
    init,
    recurrentInit,
    biasInit,
  ],
  example: 'rnn 32 tanh recurrent_init=orthogonal',
  plan: (written, input) => planRecurrent('rnn', written, input),
};

export const lstm: LayerEntry = {
  name: 'lstm',
  summary: 'Long short-term memory: a recurrent layer with a cell that gates protect.',
  formula: 'cₜ = f ∘ cₜ₋₁ + i ∘ g,  hₜ = o ∘ tanh(cₜ);  i, f, o = σ(·), g = tanh(·)',
  gradient:
    'Along the cell the error is multiplied by the forget gate alone: while it is near 1, errors survive many steps.',
  reference: {
    title: 'Hochreiter and Schmidhuber 1997, Long short-term memory',
    url: 'https://doi.org/10.1162/neco.1997.9.8.1735',
  },
  arguments: withoutActivation,
  example: 'lstm 32 return=sequence',
  plan: (written, input) => planRecurrent('lstm', written, input),
};

export const gru: LayerEntry = {
  name: 'gru',
  summary: 'A gated recurrent unit: the state is a gated mean of the old one and a new one.',
  formula: 'hₜ = (1 − z) ∘ n + z ∘ hₜ₋₁;  r, z = σ(·), n = tanh(W x_t + b + r ∘ (U hₜ₋₁ + c))',
  gradient: 'Through the gate z the error goes back unchanged where z is near 1.',
  reference: {
    title: 'Cho et al. 2014, Learning phrase representations using RNN encoder-decoder',
    url: 'https://arxiv.org/abs/1406.1078',
  },
  arguments: withoutActivation,
  example: 'gru 32',
  plan: (written, input) => planRecurrent('gru', written, input),
};
