/** The jobs that every contender does: small, middle and large perceptrons, a small convolutional and a recurrent network. */
import { check } from '../../../src/language/check.ts';
import type { CheckedNetwork } from '../../../src/language/network.ts';

/** What is trained: the whole set is one mini-batch, so that every contender sees the same numbers at every step. */
export interface Job {
  readonly name: string;
  readonly network: CheckedNetwork;
  readonly batch: number;
}

interface Description {
  readonly batch: number;
  readonly layers: string;
  readonly data: string;
  readonly loss: string;
}

const descriptions: Readonly<Record<string, Description>> = {
  S: {
    batch: 32,
    layers: 'input 2; repeat 10 { dense 32 sigmoid }; dense 1',
    data: 'gaussian',
    loss: 'mse',
  },
  M: {
    batch: 64,
    layers: 'input 64; repeat 10 { dense 128 tanh }; dense 10',
    data: 'gaussian',
    loss: 'cross_entropy',
  },
  L: {
    batch: 128,
    layers: 'input 784; repeat 5 { dense 512 relu }; dense 10',
    data: 'gaussian',
    loss: 'cross_entropy',
  },
  CNN: {
    batch: 32,
    layers: 'input 1x28x28; conv 8 3x3 relu; conv 16 3x3 relu stride=2; flatten; dense 10',
    data: 'gaussian',
    loss: 'cross_entropy',
  },
  RNN: {
    batch: 32,
    layers: 'input 50x2; rnn 64; dense 1',
    data: 'adding',
    loss: 'mse',
  },
};

/** Names of all jobs. */
export const jobNames: readonly string[] = Object.keys(descriptions);

/** Steps that a run is planned for: more than any measurement takes. */
const plannedSteps = 1_000_000;

/** The job of this name. */
export function openJob(name: string): Job {
  const description = descriptions[name];
  if (description === undefined) throw new Error(`No job ${name}; there are ${jobNames.join(', ')}`);
  const { batch, layers, data, loss } = description;
  const lines = layers.replaceAll('; ', '\n');
  return { name, network: openNetwork(`network job {\n${lines}\n}`, { batch, data, loss }), batch };
}

/** Checks a network whose whole data set is one mini-batch; throws where the text has an error. */
export function openNetwork(
  network: string,
  { batch, data, loss, steps = plannedSteps }: Omit<Description, 'layers'> & { readonly steps?: number },
): CheckedNetwork {
  const text = `${network}
data ${data} { samples = ${batch}, split = 1 }
train { loss = ${loss}, optimizer = sgd(lr=0.1), batch = all, steps = ${steps} }
`;
  const { diagnostics, networks } = check(text);
  const checked = networks[0]?.network;
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return checked;
}

/** Floating-point operations of one step's matrix products: forward, weight gradients, and errors but the first layer's. */
export function productOperations(network: CheckedNetwork, batch: number): number {
  let operations = 0;
  let passes = 2;
  for (const layer of network.layers) {
    if (layer.parameters === 0) continue;
    const inputs = layer.inputShape;
    if (layer.kind === 'dense') {
      operations += passes * 2 * batch * size(inputs) * size(layer.outputShape);
    } else if (layer.kind === 'conv') {
      operations +=
        passes *
        2 *
        batch *
        size(layer.outputShape) *
        (inputs[0] ?? 0) *
        layer.kernel.reduce((a, b) => a * b, 1);
    } else if (layer.kind === 'rnn') {
      const [time = 0, features = 0] = inputs;
      operations += 2 * batch * time * layer.units * (passes * features + 3 * layer.units);
    } else {
      throw new Error(`The operations of a ${layer.kind} layer are not counted`);
    }
    passes = 3;
  }
  return operations;
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
