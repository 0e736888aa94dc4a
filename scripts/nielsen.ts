/**
 * The bias-gradient norms of Nielsen's chapter "Why are deep neural networks hard to train?" (2015), measured here.
 *
 *   node scripts/nielsen.ts FOLDER     a folder with MNIST's IDX files, plain or gzipped, which do not come with this project
 *
 * Sigmoid layers, weights N(0, 1/inputs), biases N(0, 1), cross entropy summed over the outputs, mean over 1,000 images. His
 * numbers are of one draw of the weights; ten draws here show how far draws are apart. Held against: within a factor of 2
 * of the median of the draws.
 */
import path from 'node:path';
import { formatNumber } from '../src/analysis/numbers.ts';
import { median } from '../src/analysis/regression.ts';
import { openText, readDataFiles } from '../src/cli/inputFile.ts';
import { prepareRun, type Run } from '../src/engine/trainer.ts';

/** Norms of the hidden layers' bias gradients, from input to output, for networks with so many hidden layers of 30. */
const published: readonly (readonly number[])[] = [
  [0.0657, 0.309],
  [0.0118, 0.06, 0.283],
  [0.00298, 0.0171, 0.0695, 0.285],
];
const outputs = 10;
const draws = 10;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/nielsen.ts FOLDER_WITH_MNIST');
  process.exit(2);
}
let wrong = 0;
for (const norms of published) {
  const measured: number[][] = [];
  for (let seed = 1; seed <= draws; seed += 1) measured.push(await biasGradients(folder, norms.length, seed));
  console.log(`${norms.length} hidden layers`);
  for (const [layer, norm] of norms.entries()) {
    const middle = median(measured.map((draw) => draw[layer] ?? NaN));
    const near = norm < 2 * middle && norm > middle / 2;
    if (!near) wrong += 1;
    console.log(
      `  layer ${layer + 1}: published ${formatNumber(norm)}, here ${formatNumber(middle)}${near ? '' : '  FAR OFF'}`,
    );
  }
}
process.exitCode = wrong === 0 ? 0 : 1;

/** Norms of the bias gradients of the hidden layers: what one step of gradient descent with a rate of 1 takes from the biases. */
async function biasGradients(mnist: string, hidden: number, seed: number): Promise<number[]> {
  const init = 'init=lecun_normal bias_init=normal(0, 1)';
  const text = `network nielsen {
    input 784
    hidden: repeat ${hidden} { dense 30 sigmoid ${init} }
    output: dense ${outputs} sigmoid ${init}
  }
  data mnist { path = "${path.resolve(mnist)}", samples = 1000, split = 1 }
  train { loss = bce, optimizer = sgd(lr=1), batch = all, steps = 1, seed = ${seed}, precision = float64 }`;
  const [network] = openText('nielsen', text, undefined).networks;
  if (network === undefined) throw new Error('the text has one network');
  const prepared = prepareRun(network, await readDataFiles('nielsen', network, ''), { memoryLimit: 2 ** 31 });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const { run } = prepared;
  const before = biases(run);
  run.advance(0);
  const after = biases(run);
  // Our loss is the mean over the outputs, his their sum.
  return before.slice(0, hidden).map((values, layer) => {
    const change = values.map((value, unit) => value - (after[layer]?.[unit] ?? NaN));
    return outputs * Math.hypot(...change);
  });
}

function biases(run: Run): number[][] {
  return run.weights().flatMap(({ name, values }) => (name.endsWith('.bias') ? [Array.from(values)] : []));
}
