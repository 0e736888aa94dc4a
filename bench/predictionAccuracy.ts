/**
 * Predicted gradient norms against the engine's over many seeds, for one network of each kind of layer. One batch of 32 samples, so that
 * nothing but the initialisation differs.
 *
 *     node bench/predictionAccuracy.ts [SEEDS]
 */
import { engineSampling } from '../src/analysis/predict/engineSampling.ts';
import { firstBatch } from '../src/analysis/predict/firstBatch.ts';
import { predict } from '../src/analysis/predict/predict.ts';
import { quantile } from '../src/analysis/predict/quantiles.ts';
import { prepareData } from '../src/engine/data/prepare.ts';
import { check } from '../src/language/check.ts';

const seeds = Number(process.argv[2] ?? 100);
/** Decades that the median over layers may be off. */
const allowed = 0.15;

const moons =
  'data moons { samples = 32, split = 1, noise = 0.1, seed = 7 }\ntrain { loss = bce_with_logits, optimizer = sgd(lr=0.1), batch = all, steps = 10 }';
const sequences =
  'data adding { samples = 32, split = 1, length = 16, seed = 3 }\ntrain { loss = mse, optimizer = sgd(lr=0.1), batch = all, steps = 10 }';
const images =
  'data gaussian { samples = 32, split = 1, classes = 4, seed = 5 }\ntrain { loss = cross_entropy, optimizer = sgd(lr=0.1), batch = all, steps = 10 }';

const networks: readonly (readonly [kind: string, body: string, rest: string])[] = [
  ['dense', 'input 2\nrepeat 10 { dense 32 tanh }\ndense 1', moons],
  ['narrow dense', 'input 2\nrepeat 8 { dense 8 relu init=kaiming_normal }\ndense 1', moons],
  ['residual', 'input 2\ndense 32\nrepeat 6 { residual { dense 32 relu\ndense 32 } }\ndense 1', moons],
  [
    'projected residual',
    'input 2\nresidual project=true { dense 32 tanh }\nresidual { dense 32 relu }\ndense 1',
    moons,
  ],
  [
    'add and concat',
    'input 2\na: dense 24 relu\nb: dense 24 tanh\nadd a\ndense 24 relu\nconcat b\ndense 1',
    moons,
  ],
  ['layernorm', 'input 2\nrepeat 6 { dense 32\nlayernorm\nactivation gelu }\ndense 1', moons],
  ['rmsnorm', 'input 2\nrepeat 6 { dense 32 silu\nrmsnorm }\ndense 1', moons],
  ['batchnorm', 'input 2\nrepeat 6 { dense 32\nbatchnorm\nactivation relu }\ndense 1', moons],
  ['batchnorm, no activation', 'input 2\nrepeat 3 { dense 32 tanh\nbatchnorm }\ndense 1', moons],
  ['dropout', 'input 2\nrepeat 6 { dense 32 relu init=kaiming_normal\ndropout 0.3 }\ndense 1', moons],
  ['softmax inside', 'input 2\ndense 16 tanh\ndense 8 softmax\ndense 1', moons],
  [
    'convolution, max pooling',
    'input 1x8x8\nconv 16 3x3 relu padding=1\nmaxpool 2\nconv 16 3x3 relu padding=1\nmaxpool 2\nflatten\ndense 4',
    images,
  ],
  [
    'convolution, average pooling',
    'input 2x8x8\nconv 16 3x3 tanh stride=2\navgpool 2\nflatten\ndense 4',
    images,
  ],
  [
    'convolution, batchnorm, global pooling',
    'input 2x6x6\nconv 16 3x3 padding=1\nbatchnorm\nactivation relu\nglobalpool\ndense 4',
    images,
  ],
  ['convolution over time', 'input 16x2\nconv 24 5 relu\nglobalpool\ndense 1', sequences],
  ['layernorm on images', 'input 2x6x6\nconv 16 3x3\nlayernorm\nactivation relu\nflatten\ndense 4', images],
  ['rnn', 'input 16x2\nrnn 32 tanh\ndense 1', sequences],
  ['rnn, all steps', 'input 16x2\nrnn 32 tanh return=sequence\nglobalpool\ndense 1', sequences],
  [
    'stacked rnn, orthogonal',
    'input 16x2\nrnn 32 tanh recurrent_init=orthogonal return=sequence\nrnn 32 tanh\ndense 1',
    sequences,
  ],
  ['dense at every step', 'input 16x2\ndense 32 relu\ndense 32 relu\nflatten\ndense 1', sequences],
];

let missed = 0;
for (const [kind, body, rest] of networks) {
  const checked = check(`network a {\n${body}\n}\n${rest}`);
  const network = checked.networks[0]?.network;
  if (network === undefined)
    throw new Error(`${kind}: ${checked.diagnostics.map(({ message }) => message).join(' ')}`);
  const use = { input: network.input, loss: network.train.loss, outputShape: network.outputShape };
  const prepared = prepareData(network.data, network.input, new Map(), use);
  if (!prepared.ok) throw new Error(`${kind}: ${prepared.failure.message}`);
  const prediction = predict(network, firstBatch(network, prepared.data));
  if (prediction.type !== 'predicted') throw new Error(`${kind}: ${prediction.reason}`);
  const sample = engineSampling(network, new Map());
  const draws = Array.from({ length: seeds }, (_, seed) => {
    const layers = sample(seed + 1);
    if (layers === undefined) throw new Error(`${kind}: cannot be run`);
    return layers;
  });
  const misses = (quantity: 'norm' | 'error') =>
    Float64Array.from(prediction.layers, (layer, index) => {
      const measured = quantile(
        Float64Array.from(draws, (layers) => layers[index][quantity]),
        0.5,
      );
      return Math.abs(Math.log10(layer[quantity] / measured));
    });
  const [norm, error] = [misses('norm'), misses('error')];
  if (quantile(norm, 0.5) > allowed) missed++;
  const numbers = [quantile(norm, 0.5), quantile(norm, 1), quantile(error, 0.5), quantile(error, 1)];
  console.log(kind.padEnd(40), numbers.map((value) => value.toFixed(3)).join('  '));
}
console.log(
  `(decades: median and largest over layers, of the gradient and of the backpropagated error; ${seeds} seeds)`,
);
process.exitCode = missed > 0 ? 1 : 0;
