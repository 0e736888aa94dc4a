/** The architectures of `test/fixtures/gradients` as chains of the engine's layers. */
import type { ActivationName, Layer, Shape } from '../../src/language/network.ts';
import { activation, chain, type LayerSketch } from './networks.ts';
import type { Reference, ReferenceTensor } from './reference.ts';
import { act, conv, dense, dropout, flatten, norm, pool } from './sketches.ts';

/** A reference in the engine's words. */
export interface Translation {
  readonly inputShape: Shape;
  readonly input: ReferenceTensor;
  readonly layers: readonly Layer[];
  /** Where the reference's tensor of this name has its numbers in another order or under another name. */
  readonly tensor: (name: string, from: Readonly<Record<string, ReferenceTensor>>) => ReferenceTensor;
}

type Entry = readonly (string | number)[];

/** PyTorch's activations as the references call them. */
function activationOf(name: string): ActivationName {
  return name === 'identity' ? 'linear' : (name as ActivationName);
}

const asItIs: Translation['tensor'] = (name, from) => {
  const tensor = from[name];
  if (tensor === undefined) throw new Error(`The reference has no ${name}`);
  return tensor;
};

/** Layer by layer; sequences come channels first in the reference and time first here. */
export function translate(reference: Reference): Translation {
  const [, ...referenceShape] = reference.input.shape;
  const sequence = reference.name === 'conv1d_avgpool';
  const inputShape = sequence ? [referenceShape[1]!, referenceShape[0]!] : referenceShape;
  const sketches: LayerSketch[] = [];
  let shape: Shape = inputShape;
  reference.architecture.forEach((entry, index) => {
    const sketch = sketchOf(entry, shape, `layer${index}`);
    sketches.push(sketch);
    shape = (sketch['outputShape'] as Shape | undefined) ?? shape;
  });
  const layers = chain(inputShape, hiddenActivations(reference, sketches));
  if (!sequence) return { inputShape, input: reference.input, layers, tensor: asItIs };
  const [time, channels] = layers.find(({ kind }) => kind === 'flatten')!.inputShape as [number, number];
  return {
    inputShape,
    input: timeFirst(reference.input),
    layers,
    tensor: (name, from) =>
      name === 'fc.weight' ? flattenedTimeFirst(asItIs(name, from), channels, time) : asItIs(name, from),
  };
}

function sketchOf([kind, ...rest]: Entry, shape: Shape, fallback: string): LayerSketch {
  const name = typeof rest[0] === 'string' ? rest[0] : fallback;
  const numbers = rest.filter((value) => typeof value === 'number');
  switch (kind) {
    case 'dense':
      return dense(name, shape, numbers[1]!);
    case 'conv2d':
      return conv(name, shape, numbers[1]!, numbers[2]!, { padding: numbers[3]! });
    case 'conv1d':
      return conv(name, shape, numbers[1]!, numbers[2]!, {
        stride: numbers[3]!,
        padding: numbers[4]!,
        dilation: numbers[5]!,
      });
    case 'maxpool2d':
      return pool('maxpool', name, shape, numbers[0]!, { stride: numbers[1]! });
    case 'avgpool1d':
      return pool('avgpool', name, shape, numbers[0]!, { stride: numbers[1]! });
    case 'flatten':
      return flatten(name, shape);
    case 'batchnorm':
    case 'layernorm':
      return norm(kind, name, shape);
    case 'dropout':
      return dropout(name, numbers[0]!);
    default:
      return act(name, activationOf(String(kind)));
  }
}

/** The files of which only the name tells the activation have it behind every layer, the last one in one of them. */
function hiddenActivations({ name }: Reference, sketches: readonly LayerSketch[]): readonly LayerSketch[] {
  const hidden = /^(?:deep_)?(sigmoid|relu|tanh)_/.exec(name)?.[1];
  if (hidden === undefined) return sketches;
  const last = name === 'sigmoid_out_bce' ? sketches.length : sketches.length - 1;
  return sketches.map((sketch, index) =>
    index < last ? { ...sketch, activation: activation(activationOf(hidden)) } : sketch,
  );
}

/** [batch, channels, time] as [batch, time, channels]. */
function timeFirst({ shape: [samples, channels, time], data }: ReferenceTensor): ReferenceTensor {
  const moved = Array.from({ length: data.length }, (_, index) => {
    const sample = Math.floor(index / (channels! * time!));
    const step = Math.floor(index / channels!) % time!;
    return data[(sample * channels! + (index % channels!)) * time! + step]!;
  });
  return { shape: [samples!, time!, channels!], data: moved };
}

/** The columns of a weight behind `flatten`, from channels x time to time x channels. */
function flattenedTimeFirst(
  { shape, data }: ReferenceTensor,
  channels: number,
  time: number,
): ReferenceTensor {
  const moved = data.map((_, index) => {
    const row = Math.floor(index / (channels * time));
    const column = index % (channels * time);
    return data[row * channels * time + (column % channels) * time + Math.floor(column / channels)]!;
  });
  return { shape, data: moved };
}
