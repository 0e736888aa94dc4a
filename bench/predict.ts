/**
 * Time of a prediction for 50 dense layers of 64 units on a mini-batch of 32: the first answer (root mean squares) and the band.
 *
 *     node bench/predict.ts
 */
import { predict, predictInStages } from '../src/analysis/predict/predict.ts';
import type { ActivationName } from '../src/language/network.ts';
import { perceptron } from '../test/analysis/predict/networks.ts';

const batch = {
  inputs: Float64Array.from({ length: 32 * 2 }, (_, index) => Math.sin(index * 1.7) + Math.cos(index * 0.3)),
  targets: Float64Array.from({ length: 32 }, (_, index) => index % 2),
  count: 32,
  target: { type: 'values', size: 1 },
} as const;

const activations: readonly ActivationName[] = [
  'relu',
  'sigmoid',
  'tanh',
  'gelu',
  'mish',
  'selu',
  'hard_tanh',
  'softsign',
];
const widths = [2, ...Array.from({ length: 49 }, () => 64), 1];

console.log('first answer and band, milliseconds; first run of the process, then median of 15');
for (const activation of activations) {
  const network = perceptron(widths, 'bce_with_logits', {
    activation,
    init: { name: 'xavier_uniform', gain: 1 },
  });
  const runs = Array.from({ length: 15 }, () => {
    const start = performance.now();
    const stages = predictInStages(network, batch);
    stages.next();
    const first = performance.now();
    stages.next();
    return [first - start, performance.now() - start] as const;
  });
  const median = (position: 0 | 1): number => {
    const times = Float64Array.from(runs, (run) => run[position]).sort();
    return times[Math.floor(times.length / 2)];
  };
  const [cold] = runs;
  console.log(
    activation.padEnd(10),
    `cold ${cold[0].toFixed(0)} / ${cold[1].toFixed(0)}`.padEnd(18),
    `warm ${median(0).toFixed(1)} / ${median(1).toFixed(1)}`,
  );
}
if (predict(perceptron(widths, 'mse'), batch).type !== 'predicted') throw new Error('Nothing was predicted');
