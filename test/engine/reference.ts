/** The networks of `test/fixtures/gradients`, in the engine's words. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingData } from '../../src/engine/data/prepare.ts';
import { buildGraph } from '../../src/engine/graph.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import { importParameters } from '../../src/engine/weights.ts';
import type { CheckedNetwork, Layer, LossName, Shape, TrainSettings } from '../../src/language/network.ts';
import { activation, chain, networkOf, type LayerSketch } from './networks.ts';
import { readActivation } from './referenceActivations.ts';

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

/** Layers of a plain chain of dense layers and activations: those that the engine's names do not know are refused. */
export function denseLayers(reference: Reference): readonly Layer[] {
  const sketches: LayerSketch[] = [];
  for (const [kind, ...rest] of reference.architecture) {
    if (kind === 'dense') {
      const [name, inputs, units] = rest as [string, number, number];
      sketches.push({ kind: 'dense', name, units, outputShape: [units], parameters: units * (inputs + 1) });
    } else {
      const name = readActivation(String(kind));
      sketches.push({ kind: 'activation', name: `${name}${sketches.length}`, activation: activation(name) });
    }
  }
  return chain(reference.input.shape.slice(1), hiddenActivations(reference, sketches));
}

/** The files of which only the description tells the activation have it behind every layer, the last one where it says so. */
function hiddenActivations(reference: Reference, sketches: readonly LayerSketch[]): readonly LayerSketch[] {
  const hidden = /^(?:deep_)?(sigmoid|relu|tanh)_/.exec(reference.name)?.[1];
  if (hidden === undefined) return sketches;
  const last = reference.name === 'sigmoid_out_bce' ? sketches.length : sketches.length - 1;
  return sketches.map((sketch, index) =>
    index < last ? { ...sketch, activation: activation(readActivation(hidden)) } : sketch,
  );
}

export function referenceNetwork(
  reference: Reference,
  layers: readonly Layer[],
  train: Partial<TrainSettings>,
  vocabulary?: number,
): CheckedNetwork {
  const loss = lossNames[reference.loss] ?? (reference.loss as LossName);
  return networkOf(reference.input.shape.slice(1), layers, { loss, ...train }, vocabulary);
}

/** A session on the reference's only batch with the reference's parameters, under whatever names the engine has for them. */
export function startSession(
  network: CheckedNetwork,
  reference: Pick<Reference, 'input' | 'target'>,
  parameters: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>,
): Session {
  const data = trainingData(network, reference.input, reference.target);
  const samples = data.trainCount;
  const graph = buildGraph(network, data.target, { samples, batch: samples });
  const session = new Session(network, graph, layOut(graph), data, 20);
  const missing = graph.plan.blocks
    .flatMap(({ tensors }) => tensors)
    .find(({ name }) => !parameters.has(name));
  if (missing !== undefined) throw new Error(`The reference has no ${missing.name}`);
  const problem = importParameters(graph, session.memory, parameters);
  if (problem !== undefined) throw new Error(`The reference ${problem}`);
  return session;
}

export function trainingData(
  network: CheckedNetwork,
  input: ReferenceTensor,
  target: ReferenceTensor,
): TrainingData {
  const samples = input.shape[0]!;
  const rows = target.shape.reduce((product, size) => product * size, 1) / samples;
  const classes = network.outputShape.at(-1)!;
  const isClasses = network.train.loss === 'cross_entropy';
  return {
    inputs: Float64Array.from(input.data),
    targets: Float64Array.from(target.data),
    target: isClasses ? { type: 'classes', classes, rows } : { type: 'values', size: rows },
    inputShape: network.input.shape as Shape,
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
}

export function parametersOf(
  reference: Reference,
): Map<string, { shape: readonly number[]; values: readonly number[] }> {
  return new Map(
    Object.entries(reference.params).map(([name, { shape, data }]) => [name, { shape, values: data }]),
  );
}

/** All samples of the reference, as one batch. */
export function wholeBatch(reference: Reference): Uint32Array {
  return Uint32Array.from({ length: reference.input.shape[0]! }, (_, index) => index);
}
