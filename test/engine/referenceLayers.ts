/** The architectures of `test/fixtures/gradients` as chains of the engine's layers. */
import type { ActivationName, Layer, Shape } from '../../src/language/network.ts';
import { activation, chain, type LayerSketch } from './networks.ts';
import type { Reference, ReferenceTensor } from './reference.ts';
import {
  act,
  attention,
  conv,
  dense,
  dropout,
  embedding,
  flatten,
  globalPool,
  norm,
  pool,
  position,
  recurrent,
  residual,
} from './sketches.ts';

/** A reference in the engine's words. */
export interface Translation {
  readonly inputShape: Shape;
  readonly input: ReferenceTensor;
  readonly layers: readonly Layer[];
  /** Where the reference's tensor of this name has its numbers in another order or under another name. */
  readonly tensor: (name: string, from: Readonly<Record<string, ReferenceTensor>>) => ReferenceTensor;
  /** The reference's layers that are one of the engine's. */
  readonly parts: (layer: string) => readonly string[];
  readonly vocabulary: number | undefined;
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

/** A single recurrent layer has PyTorch's suffix `_l0` behind its parameters; the references leave it out. */
const withoutLayerNumber: Translation['tensor'] = (name, from) => asItIs(name.replace(/_l0$/, ''), from);

/** Layer by layer; sequences come channels first in the reference and time first here. */
export function translate(reference: Reference): Translation {
  if (reference.taps['attn'] !== undefined) return translateTransformer(reference);
  const [, ...referenceShape] = reference.input.shape;
  const sequence = reference.name === 'conv1d_avgpool';
  const inputShape = sequence ? [referenceShape[1], referenceShape[0]] : referenceShape;
  const sketches: LayerSketch[] = [];
  let shape: Shape = inputShape;
  reference.architecture.forEach((entry, index) => {
    // The recurrent layers of the references yield their last state by themselves.
    if (entry[0] === 'last') return;
    const sketch = sketchOf(entry, shape, `layer${index}`);
    sketches.push(sketch);
    shape = (sketch['outputShape'] as Shape | undefined) ?? shape;
  });
  const layers = chain(inputShape, hiddenActivations(reference, sketches));
  const vocabulary = reference.params['emb.weight']?.shape[0];
  const common = { inputShape, layers, vocabulary, parts: (layer: string) => [layer] };
  if (!sequence) return { ...common, input: reference.input, tensor: withoutLayerNumber };
  const [time, channels] = layers.find(({ kind }) => kind === 'flatten')!.inputShape as [number, number];
  return {
    ...common,
    input: timeFirst(reference.input),
    tensor: (name, from) =>
      name === 'fc.weight' ? flattenedTimeFirst(asItIs(name, from), channels, time) : asItIs(name, from),
  };
}

function sketchOf([kind, ...rest]: Entry, shape: Shape, fallback: string): LayerSketch {
  const name = typeof rest[0] === 'string' ? rest[0] : fallback;
  const numbers = rest.filter((value) => typeof value === 'number');
  switch (kind) {
    case 'dense':
      return dense(name, shape, numbers[1]);
    case 'conv2d':
      return conv(name, shape, numbers[1], numbers[2], { padding: numbers[3] });
    case 'conv1d':
      return conv(name, shape, numbers[1], numbers[2], {
        stride: numbers[3],
        padding: numbers[4],
        dilation: numbers[5],
      });
    case 'maxpool2d':
      return pool('maxpool', name, shape, numbers[0], { stride: numbers[1] });
    case 'avgpool1d':
      return pool('avgpool', name, shape, numbers[0], { stride: numbers[1] });
    case 'flatten':
      return flatten(name, shape);
    case 'batchnorm':
    case 'layernorm':
      return norm(kind, name, shape);
    case 'rnn':
    case 'lstm':
    case 'gru':
      return recurrent(kind, name, shape, numbers[1], 'last');
    case 'embedding':
      return embedding(name, shape, numbers[0], numbers[1]);
    case 'mean':
      return globalPool(name, shape);
    case 'dropout':
      return dropout(name, numbers[0]);
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
    const sample = Math.floor(index / (channels * time));
    const step = Math.floor(index / channels) % time;
    return data[(sample * channels + (index % channels)) * time + step];
  });
  return { shape: [samples, time, channels], data: moved };
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
    return data[row * channels * time + (column % channels) * time + Math.floor(column / channels)];
  });
  return { shape, data: moved };
}

/** Embedding, positions, attention with its shortcut and, in one of the two, normalisations and a second residual block. */
function translateTransformer(reference: Reference): Translation {
  const { heads, causal, D, V, FF, T } = reference.architecture[1] as unknown as Record<string, number> & {
    causal: boolean;
  };
  const shape = [T, D];
  const start = [embedding('emb', [T], V, D), position('pos', shape)];
  const attend = attention('attn', shape, heads, causal);
  const sketches =
    reference.name === 'attention1'
      ? [...start, attend, residual('r1', 2, 1, shape, shape), dense('out', shape, V)]
      : [
          ...start,
          norm('layernorm', 'ln1', shape),
          attend,
          residual('r1', 3, 1, shape, shape),
          norm('layernorm', 'ln2', shape),
          dense('ff1', shape, FF, 'gelu'),
          dense('ff2', [T, FF], D),
          residual('r2', 7, 4, shape, shape),
          dense('out', shape, V),
        ];
  return {
    inputShape: [T],
    input: reference.input,
    layers: chain([T], sketches),
    vocabulary: V,
    tensor: (name, from) => packedAttention(name, from) ?? asItIs(name, from),
    parts: (layer) => (layer === 'attn' ? ['q', 'k', 'v', 'o'] : [layer]),
  };
}

/** PyTorch packs the projections of queries, keys and values one below the other. */
function packedAttention(
  name: string,
  from: Readonly<Record<string, ReferenceTensor>>,
): ReferenceTensor | undefined {
  const [, output, suffix] = /^attn\.(in_proj_|out_proj\.)(weight|bias)$/.exec(name) ?? [];
  if (suffix === undefined) return undefined;
  if (output === 'out_proj.') return asItIs(`o.${suffix}`, from);
  const parts = ['q', 'k', 'v'].map((part) => asItIs(`${part}.${suffix}`, from));
  const [
    {
      shape: [rows, ...columns],
    },
  ] = parts as [ReferenceTensor];
  return { shape: [3 * rows, ...columns], data: parts.flatMap(({ data }) => data) };
}
