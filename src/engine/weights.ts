/** Parameters between memory and the outside: drawn, read from a file, handed out under PyTorch's names. */
import type { CheckedNetwork } from '../language/network.ts';
import { readSafetensors } from '../interop/safetensors.ts';
import type { FileContents, RunFailure } from '../protocol/worker.ts';
import type { Graph } from './graph.ts';
import { drawInitialValues } from './initialise.ts';
import type { RunMemory } from './memory.ts';
import { readTensor, writeTensor } from './parameters.ts';
import { Random } from './random.ts';

/** A parameter as PyTorch's `state_dict` has it: row-major values. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Draws every parameter, layer by layer, from one stream. */
export function drawParameters(graph: Graph, memory: RunMemory, seed: number): void {
  const random = new Random(seed, 'initialisation');
  for (const { values, tensors } of graph.plan.blocks) {
    for (const tensor of tensors) {
      writeTensor(
        memory.numbers,
        values / memory.width,
        tensor,
        drawInitialValues(tensor.initialiser, tensor, random),
      );
    }
  }
}

/** All parameters in the order of the layers. */
export function exportParameters(graph: Graph, memory: RunMemory): readonly NamedTensor[] {
  return graph.plan.blocks.flatMap(({ values, tensors }) =>
    tensors.map((tensor) => ({
      name: tensor.name,
      shape: tensor.shape,
      values: readTensor(memory.numbers, values / memory.width, tensor),
    })),
  );
}

/** The gradients of the last step, named and laid out as the parameters. */
export function exportGradients(graph: Graph, memory: RunMemory): readonly NamedTensor[] {
  return graph.plan.blocks.flatMap(({ gradient, tensors }) =>
    tensors.map((tensor) => ({
      name: tensor.name,
      shape: tensor.shape,
      values: readTensor(memory.numbers, gradient / memory.width, tensor),
    })),
  );
}

/** Takes what a map of parameters names; answers with the first that does not fit, in words. */
export function importParameters(
  graph: Graph,
  memory: RunMemory,
  given: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly values: ArrayLike<number> | undefined }
  >,
): string | undefined {
  for (const { values, tensors } of graph.plan.blocks) {
    for (const tensor of tensors) {
      const stored = given.get(tensor.name);
      if (stored === undefined) continue;
      if (stored.shape.join('x') !== tensor.shape.join('x')) {
        return `has ${tensor.name} of shape ${stored.shape.join('x')}, the network's is ${tensor.shape.join('x')}`;
      }
      if (stored.values === undefined) return `has ${tensor.name} in a type that is neither F32 nor F64`;
      writeTensor(memory.numbers, values / memory.width, tensor, stored.values);
    }
  }
  return undefined;
}

/** Starts from the file that `weights = "…"` names; layers that it does not name keep what was drawn. */
export function loadWeights(
  network: CheckedNetwork,
  graph: Graph,
  memory: RunMemory,
  files: FileContents,
): RunFailure | undefined {
  const path = network.train.weights;
  if (path === undefined) return undefined;
  const failure = (reason: string): RunFailure => ({
    rule: 'weights-file',
    message: `"${path}" ${reason}`,
    line: network.line,
  });
  const bytes = files.get(path);
  if (bytes === undefined) return failure('was not found; a path is relative to the .vgnet file');
  const outcome = readSafetensors(bytes);
  if (!outcome.ok) return failure(outcome.reason);
  const names = graph.plan.blocks.flatMap(({ tensors }) => tensors.map(({ name }) => name));
  if (!names.some((name) => outcome.tensors.has(name))) {
    return failure(`names no parameter of this network, such as ${names[0]}`);
  }
  const reason = importParameters(graph, memory, outcome.tensors);
  return reason === undefined ? undefined : failure(reason);
}
