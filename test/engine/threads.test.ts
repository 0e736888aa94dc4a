/** However many threads share a step, the record and the weights have the same bits: sums are taken in blocks that do not depend on them. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/engine/graph.ts';
import type { Arithmetic } from '../../src/engine/kernels/load.ts';
import { Random } from '../../src/engine/random.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import { drawParameters, exportParameters } from '../../src/engine/weights.ts';
import type { CheckedNetwork, TrainSettings } from '../../src/language/network.ts';
import { nodeThreads } from '../../src/worker/threads.ts';
import { chain, networkOf, plainSgd } from './networks.ts';
import {
  act,
  attention,
  conv,
  dense,
  dropout,
  embedding,
  flatten,
  norm,
  pool,
  position,
  recurrent,
  residual,
} from './sketches.ts';

const samples = 29;
const most = 3;
const steps = 6;

const settings: Partial<TrainSettings> = {
  precision: 'float32',
  optimizer: { name: 'adam', lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  clip: { by: 'norm', max: 0.1 },
  seed: 4,
};

const image = conv('c', [2, 6, 6], 5, 3, { padding: 1 }, 'relu');
const networks: Readonly<Record<string, CheckedNetwork>> = {
  'a wide perceptron': networkOf(
    [70],
    chain(
      [70],
      [
        dense('a', [70], 130, 'tanh'),
        norm('layernorm', 'n', [130]),
        dense('b', [130], 50, 'relu'),
        dense('c', [50], 3),
      ],
    ),
    { ...settings, loss: 'cross_entropy' },
  ),
  // Layers whose products are shared out by columns, one behind the other without anything between.
  'a very wide perceptron': networkOf(
    [372],
    chain(
      [372],
      [dense('a', [372], 390), dense('b', [390], 380), dense('c', [380], 370, 'tanh'), dense('d', [370], 3)],
    ),
    { ...settings, loss: 'cross_entropy' },
  ),
  'a small convolution': networkOf(
    [2, 6, 6],
    chain(
      [2, 6, 6],
      [
        image,
        norm('batchnorm', 'n', [5, 6, 6]),
        pool('maxpool', 'p', [5, 6, 6], 2, {}),
        flatten('f', [5, 3, 3]),
        dropout('d', 0.2),
        dense('o', [45], 3),
      ],
    ),
    { ...settings, loss: 'cross_entropy' },
  ),
  // So many weights that threads share the window's numbers, not the samples, for their gradient.
  'a wide convolution': networkOf(
    [16, 5, 4],
    chain(
      [16, 5, 4],
      [conv('c', [16, 5, 4], 64, 3, { padding: 1 }), flatten('f', [64, 5, 4]), dense('o', [1280], 3)],
    ),
    { ...settings, loss: 'cross_entropy' },
  ),
  'a recurrent network': networkOf(
    [7, 3],
    chain(
      [7, 3],
      [
        recurrent('gru', 'g', [7, 3], 9, 'sequence'),
        recurrent('lstm', 'l', [7, 9], 6, 'last'),
        dense('o', [6], 3),
      ],
    ),
    { ...settings, loss: 'cross_entropy' },
  ),
  'a transformer': networkOf(
    [6],
    chain(
      [6],
      [
        embedding('e', [6], 5, 8),
        position('p', [6, 8]),
        attention('a', [6, 8], 2, true),
        residual('r', 2, 1, [6, 8], [6, 8]),
        act('s', 'gelu'),
        dense('o', [6, 8], 5),
      ],
    ),
    { ...settings, loss: 'cross_entropy' },
    5,
  ),
};

function start(network: CheckedNetwork, arithmetic: Arithmetic): Session {
  const random = new Random(2, 'data');
  const { shape, vocabulary } = network.input;
  const size = shape.reduce((product, one) => product * one, 1);
  const rows = network.outputShape.length === 2 ? network.outputShape[0] : 1;
  const classes = network.outputShape.at(-1)!;
  const data = {
    inputs: Float64Array.from({ length: samples * size }, () =>
      vocabulary === undefined ? random.normal() : random.integer(vocabulary),
    ),
    targets: Float64Array.from({ length: samples * rows }, () => random.integer(classes)),
    target: { type: 'classes', classes, rows } as const,
    inputShape: shape,
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, data.target, { samples, batch: samples, threads: most });
  const session = new Session(network, graph, layOut(graph), data, steps, {
    threads: nodeThreads(most),
    arithmetic,
  });
  drawParameters(graph, session.memory, 1);
  return session;
}

async function train(
  network: CheckedNetwork,
  threads: number,
  arithmetic: Arithmetic = 'strict',
): Promise<{ rows: Float64Array; weights: unknown }> {
  const session = start(network, arithmetic);
  session.team.callHelpers(Infinity, Infinity);
  while (!session.team.isComplete()) await wait(2);
  // The last batch is smaller and does not fill its blocks.
  const batches = Array.from({ length: steps }, (_, step) =>
    Uint32Array.from({ length: step === steps - 1 ? 5 : samples }, (_unused, index) => index),
  );
  const rows = session.learn(batches, 0, threads);
  const weights = exportParameters(session.graph, session.memory);
  session.team.dismiss();
  return { rows, weights };
}

describe.each(Object.entries(networks))('%s', (_, network) => {
  // Without clipping by norm a thread updates the rows of weights whose gradient it has computed.
  const unclipped = { ...network, train: { ...network.train, clip: undefined } };
  const plain = { ...unclipped, train: { ...unclipped.train, optimizer: plainSgd } };

  test.each([
    ['clipped', network, 'strict'],
    ['not clipped', unclipped, 'strict'],
    ['by plain descent', plain, 'strict'],
    ['by plain descent, with relaxed arithmetic', plain, 'relaxed'],
  ] as const)('learns the same with one, two and three threads, %s', async (_how, trained, arithmetic) => {
    const alone = await train(trained, 1, arithmetic);
    expect(alone.rows.length).toBeGreaterThan(0);
    expect(await train(trained, 2, arithmetic)).toEqual(alone);
    expect(await train(trained, most, arithmetic)).toEqual(alone);
  });
});

test('all threads stop at the step where the run diverges', async () => {
  const network = networkOf([70], chain([70], [dense('a', [70], 40, 'relu'), dense('b', [40], 3)]), {
    loss: 'cross_entropy',
    precision: 'float32',
    optimizer: { name: 'sgd', lr: 1e38, momentum: 0, nesterov: false, weightDecay: 0 },
  });
  const alone = await train(network, 1);
  const together = await train(network, 2);
  expect(together).toEqual(alone);
  expect(alone.rows.length).toBeLessThan(steps * (1 + 2 * 13));
});
