/** The networks of `test/fixtures/gradients`, in the engine's words. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingData } from '../../src/engine/data/prepare.ts';
import { buildGraph, type Graph } from '../../src/engine/graph.ts';
import { layOut, Session, type SessionOptions } from '../../src/engine/session.ts';
import { importParameters } from '../../src/engine/weights.ts';
import type { CheckedNetwork, Layer, LossName, Shape, TrainSettings } from '../../src/language/network.ts';
import { networkOf } from './networks.ts';

export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface Trajectory {
  readonly hyper: Readonly<Record<string, number>>;
  readonly loss: readonly number[];
  readonly gradNorms: Readonly<Record<string, readonly number[]>>;
}

export interface Reference {
  readonly name: string;
  readonly loss: string;
  readonly architecture: readonly (readonly (string | number)[])[];
  readonly params: Readonly<Record<string, ReferenceTensor>>;
  readonly input: ReferenceTensor;
  readonly target: ReferenceTensor;
  readonly lossValue: number;
  readonly grads: Readonly<Record<string, ReferenceTensor>>;
  readonly gradNorms: Readonly<Record<string, number>>;
  readonly taps: Readonly<
    Record<
      string,
      { readonly shape: readonly number[]; readonly valueNorm: number; readonly gradNorm: number }
    >
  >;
  readonly trajectories: Readonly<Record<string, Trajectory>>;
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../fixtures/gradients');

export const referenceNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

export function readReference(name: string): Reference {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Reference;
}

const lossNames: Readonly<Record<string, LossName>> = { l1: 'mae' };

export function referenceNetwork(
  reference: Reference,
  inputShape: Shape,
  layers: readonly Layer[],
  train: Partial<TrainSettings>,
  vocabulary?: number,
): CheckedNetwork {
  const loss = lossNames[reference.loss] ?? (reference.loss as LossName);
  return networkOf(inputShape, layers, { loss, ...train }, vocabulary);
}

/** A session on the reference's only batch with its parameters, which `parameter` finds by the engine's name. */
export function startSession(
  network: CheckedNetwork,
  data: Pick<Reference, 'input' | 'target'>,
  parameter: (name: string) => ReferenceTensor,
  adapt: (graph: Graph) => Graph = (graph) => graph,
  options: SessionOptions = {},
): Session {
  const training = trainingData(network, data.input, data.target);
  const samples = training.trainCount;
  const graph = adapt(buildGraph(network, training.target, { samples, batch: samples }));
  const session = new Session(network, graph, layOut(graph), training, 20, options);
  const parameters = graph.plan.blocks.flatMap(({ tensors }) =>
    tensors.map(({ name }) => {
      const { shape, data: values } = parameter(name);
      return [name, { shape, values }] as const;
    }),
  );
  const problem = importParameters(graph, session.memory, new Map(parameters));
  if (problem !== undefined) throw new Error(`The reference ${problem}`);
  return session;
}

export function trainingData(
  network: CheckedNetwork,
  input: ReferenceTensor,
  target: ReferenceTensor,
): TrainingData {
  const samples = input.shape[0];
  const rows = target.shape.reduce((product, size) => product * size, 1) / samples;
  const classes = network.outputShape.at(-1)!;
  const isClasses = network.train.loss === 'cross_entropy';
  return {
    inputs: Float64Array.from(input.data),
    targets: Float64Array.from(target.data),
    target: isClasses ? { type: 'classes', classes, rows } : { type: 'values', size: rows },
    inputShape: network.input.shape,
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
}

/** All samples of the reference, as one batch. */
export function wholeBatch(reference: Reference): Uint32Array {
  return Uint32Array.from({ length: reference.input.shape[0] }, (_, index) => index);
}
