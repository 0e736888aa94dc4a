/** A job as every contender can read it: `job.json`, and float32 numbers beside it in `numbers.f32`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareData } from '../../../src/engine/data/prepare.ts';
import { prepareRun, type Run } from '../../../src/engine/trainer.ts';
import type { CheckedNetwork, Layer } from '../../../src/language/network.ts';
import type { Job } from './jobs.ts';

/** Numbers of `numbers.f32` from `offset`, row-major. */
export interface WrittenTensor {
  readonly shape: readonly number[];
  readonly offset: number;
}

/** A layer with its parameters at the start, in PyTorch's order and layout. */
export interface WrittenLayer {
  readonly kind: 'dense' | 'conv' | 'rnn';
  readonly activation: 'linear' | 'relu' | 'tanh' | 'sigmoid';
  readonly stride: readonly number[];
  readonly tensors: readonly WrittenTensor[];
}

export interface WrittenJob {
  readonly batch: number;
  /** Of plain gradient descent. */
  readonly rate: number;
  readonly loss: 'mse' | 'cross_entropy';
  readonly layers: readonly WrittenLayer[];
  readonly inputs: WrittenTensor;
  /** Real numbers, or a class a sample. */
  readonly targets: WrittenTensor;
}

const memoryLimit = 2 ** 31;

/** A run of the engine; throws where there can be none. */
export function openRun(network: CheckedNetwork, prepare = prepareRun): Run {
  const prepared = prepare(network, new Map(), { memoryLimit });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.run;
}

/** Writes the samples and initial weights that the engine would train with. */
export function writeJob({ network, batch }: Job, folder: string): void {
  const numbers: number[][] = [];
  let offset = 0;
  const keep = (values: ArrayLike<number>, shape: readonly number[]): WrittenTensor => {
    numbers.push(Array.from(values));
    offset += values.length;
    return { shape, offset: offset - values.length };
  };
  const prepared = prepareData(network.data, network.input, new Map(), {
    loss: network.train.loss,
    outputShape: network.outputShape,
  });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const { inputs, targets, inputShape } = prepared.data;
  const weights = openRun(network)
    .weights()
    .map(({ values, shape }) => keep(values, shape));
  const job: WrittenJob = {
    batch,
    rate: network.train.optimizer.lr,
    loss: network.train.loss as WrittenJob['loss'],
    layers: network.layers
      .filter(({ parameters }) => parameters > 0)
      .map((layer) => describe(layer, weights)),
    inputs: keep(inputs, [batch, ...inputShape]),
    targets: keep(targets, [batch, targets.length / batch]),
  };
  writeFileSync(path.join(folder, 'job.json'), JSON.stringify(job));
  writeFileSync(path.join(folder, 'numbers.f32'), Float32Array.from(numbers.flat()));
}

/** Takes the layer's tensors from the front of `weights`. */
function describe(layer: Layer, weights: WrittenTensor[]): WrittenLayer {
  switch (layer.kind) {
    case 'dense':
    case 'conv':
    case 'rnn': {
      const activation = layer.activation.name as WrittenLayer['activation'];
      const stride = layer.kind === 'conv' ? layer.stride : [];
      return {
        kind: layer.kind,
        activation,
        stride,
        tensors: weights.splice(0, layer.kind === 'rnn' ? 4 : 2),
      };
    }
    default:
      throw new Error(`No contender knows a ${layer.kind} layer`);
  }
}

/** A job that was written, with its numbers. */
export class OpenedJob {
  readonly job: WrittenJob;
  private readonly numbers: Float32Array;

  constructor(folder: string) {
    this.job = JSON.parse(readFileSync(path.join(folder, 'job.json'), 'utf8')) as WrittenJob;
    this.numbers = new Float32Array(new Uint8Array(readFileSync(path.join(folder, 'numbers.f32'))).buffer);
  }

  /** A copy of a tensor's numbers. */
  read({ shape, offset }: WrittenTensor): Float32Array<ArrayBuffer> {
    return this.numbers.slice(offset, offset + shape.reduce((product, length) => product * length, 1));
  }
}
