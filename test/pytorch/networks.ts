/** Networks that together use everything that can be exported: every layer, activation, loss, optimizer and schedule. */

interface Case {
  readonly name: string;
  readonly text: string;
}

const settings = { steps: 12, batch: '16', optimizer: 'sgd(lr=0.05)', loss: 'mse' };

/** A file with one network on random numbers of its shape. */
function file(layers: string, given: Partial<typeof settings> & { readonly more?: string } = {}): string {
  const { steps, batch, optimizer, loss, more = '' } = { ...settings, ...given };
  const data = `data gaussian { samples = 70, split = 0.8, seed = 3 }`;
  const train = `train { loss = ${loss}, optimizer = ${optimizer}, batch = ${batch}, steps = ${steps}, seed = 5, precision = float64 ${more} }`;
  return `network n {\n  ${layers.split('; ').join('\n  ')}\n}\n${data}\n${train}\n`;
}

const elementwise =
  'sigmoid tanh relu leaky_relu(slope=0.2) elu(alpha=0.7) selu gelu gelu_tanh silu mish softplus softsign hard_tanh hard_sigmoid hard_swish relu6 softmax linear exponential';

export const exportedNetworks: readonly Case[] = [
  {
    name: 'every activation on vectors',
    text: file(
      `input 5; ${elementwise
        .split(' ')
        .map((name) => `dense 6 ${name}`)
        .join('; ')}; dense 2`,
    ),
  },
  {
    name: 'activations, normalisations and joins between vectors',
    text: file(
      'input 6; first: dense 8 tanh; batchnorm; activation elu; layernorm eps=1e-3; dense 8 bias=false; rmsnorm; add first; concat first; residual project=true { dense 5 tanh; dense 7 }; dense 3',
      { loss: 'huber', optimizer: 'adam(lr=0.01, beta1=0.8, weight_decay=0.1)' },
    ),
  },
  {
    name: 'images',
    text: file(
      'input 3x29x28; conv 6 3x2 relu padding=1 stride=2x1; stem: batchnorm; residual { conv 6 3 padding=1; layernorm; dropout 0.3 }; maxpool 2 stride=1; conv 4 3 softmax dilation=2 padding=2 bias=false; residual project=true { conv 8 1 }; rmsnorm; avgpool 2 padding=1; flatten; dense 4',
      { loss: 'cross_entropy', optimizer: 'sgd(lr=0.05, momentum=0.9, nesterov=true, weight_decay=0.01)' },
    ),
  },
  {
    name: 'an image that is pooled to its channels',
    text: file('input 2x6x6; conv 5 3 silu; globalpool; dense 1', {
      loss: 'bce_with_logits',
      optimizer: 'adamw(lr=0.01)',
      more: ', schedule = linear(warmup=4), clip = norm(0.1)',
    }),
  },
  {
    name: 'an image with a class at every pixel',
    text: file('input 2x4x5; conv 6 3 tanh padding=1; conv 3 1', { loss: 'cross_entropy' }),
  },
  {
    name: 'an image with yes or no for every class at every pixel',
    text: file('input 2x4x5; conv 6 3 tanh padding=1; conv 3 1', { loss: 'bce_with_logits' }),
  },
  {
    name: 'an image with a margin at every pixel',
    text: file('input 2x4x5; conv 6 3 tanh padding=1; conv 3 1', { loss: 'hinge' }),
  },
  {
    name: 'sequences under windows',
    text: file(
      'input 12x3; conv 6 3 tanh padding=1 dilation=2; batchnorm; dropout 0.4; maxpool 2; avgpool 2 stride=1; rmsnorm; dense 4 sigmoid; globalpool; dense 3 sigmoid',
      { loss: 'bce', optimizer: 'rmsprop(lr=0.01, momentum=0.5)' },
    ),
  },
  {
    name: 'recurrent layers one above the other',
    text: file(
      'input 7x3; rnn 5 relu return=sequence; rnn 5 linear return=sequence; lstm 4 return=sequence; gru 6 return=sequence; rnn 5; dropout 0.5; dense 3',
      { loss: 'hinge', optimizer: 'adagrad(lr=0.05)', more: ', clip = value(0.02)' },
    ),
  },
  {
    name: 'a transformer that answers at every time step',
    text: file(
      'input 6 vocab=9; embedding 9 8; position; residual { layernorm; attention 2 causal=true }; attention 4; dense 5',
      { loss: 'cross_entropy', optimizer: 'adam(lr=0.01)', more: ', schedule = cosine(warmup=2)' },
    ),
  },
  {
    name: 'one output under hinge, all samples at every step',
    text: file('input 4; dense 6 tanh; dense 1', {
      loss: 'hinge',
      batch: 'all',
      more: ', schedule = step(3, gamma=0.5)',
    }),
  },
  {
    // 56 samples in batches of 11: the last one of an epoch has one.
    name: 'a batch of one sample under batchnorm',
    text: file('input 4; dense 6 tanh; batchnorm; dense 6 tanh; dense 2', { batch: '11' }),
  },
  {
    name: 'names that Python and PyTorch use themselves',
    text: file(
      'input 4; half: dense 6 tanh; double: repeat 2 { norm: layernorm; apply: dense 6 tanh }; forward: dense 1',
      {
        loss: 'mae',
      },
    ),
  },
];
