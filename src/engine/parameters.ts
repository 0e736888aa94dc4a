/** Where a layer's parameters lie in memory, and what PyTorch calls them. */
import type { Initialiser } from '../language/network.ts';
import type { ParameterToDraw } from './initialise.ts';

/** One tensor of a layer as in PyTorch's `state_dict`; `strides` and `offset` (in numbers) lead to its place in the layer's block. */
export interface ParameterTensor extends ParameterToDraw {
  /** `hidden[1].weight`. */
  readonly name: string;
  readonly initialiser: Initialiser;
  readonly offset: number;
  /** Distance in memory between neighbours in each dimension of `shape`, or of `split` where that is given. */
  readonly strides: readonly number[];
  /** `shape` with dimensions split that PyTorch packs into one: gates x units for `[gates · units, …]`. */
  readonly split?: readonly number[];
}

/** A layer's parameters: one stretch of `length` numbers, padding included, and as long ones for gradient and histories. */
export interface ParameterBlock {
  /** Position of the layer in the network. */
  readonly layer: number;
  readonly values: number;
  readonly gradient: number;
  /** Addresses of the optimizer's histories; 0 where it has none. */
  readonly first: number;
  readonly second: number;
  readonly length: number;
  /** The parts in which it is updated and summed, and the length of each but the last, which has all that is left. */
  readonly parts: number;
  readonly partLength: number;
  /** Address of the parts' sums. */
  readonly sums: number;
  readonly tensors: readonly ParameterTensor[];
}

type Numbers = Float32Array | Float64Array;

/** Copies PyTorch's row-major values into the block that starts at `base` (in numbers) of `memory`. */
export function writeTensor(
  memory: Numbers,
  base: number,
  tensor: ParameterTensor,
  values: ArrayLike<number>,
): void {
  forEachPlace(tensor, (place, index) => {
    memory[base + place] = values[index]!;
  });
}

/** PyTorch's row-major values of the tensor in the block that starts at `base` (in numbers) of `memory`. */
export function readTensor(memory: Numbers, base: number, tensor: ParameterTensor): Float64Array {
  const values = new Float64Array(tensor.shape.reduce((product, size) => product * size, 1));
  forEachPlace(tensor, (place, index) => {
    values[index] = memory[base + place]!;
  });
  return values;
}

function forEachPlace(tensor: ParameterTensor, visit: (place: number, index: number) => void): void {
  let index = 0;
  const sizes = tensor.split ?? tensor.shape;
  const walk = (dimension: number, place: number): void => {
    if (dimension === sizes.length) {
      visit(place, index++);
      return;
    }
    for (let position = 0; position < sizes[dimension]; position++) {
      walk(dimension + 1, place + position * tensor.strides[dimension]);
    }
  };
  walk(0, tensor.offset);
}
