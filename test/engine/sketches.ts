/** Layers by their sizes, with the shapes and parameter counts that the language would give them. */
import type { ActivationName, Shape } from '../../src/language/network.ts';
import { activation, type LayerSketch } from './networks.ts';

const product = (sizes: readonly number[]): number => sizes.reduce((result, size) => result * size, 1);

/** Places that a window takes along each dimension (PyTorch's formula for convolutions and poolings). */
function slide(
  sizes: Shape,
  kernel: readonly number[],
  stride: readonly number[],
  padding: readonly number[],
  dilation: readonly number[],
): readonly number[] {
  return sizes.map(
    (size, d) => Math.floor((size + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d]) + 1,
  );
}

export function dense(
  name: string,
  input: Shape,
  units: number,
  kind: ActivationName = 'linear',
  bias = true,
): LayerSketch {
  const parameters = units * (input.at(-1)! + Number(bias));
  return {
    kind: 'dense',
    name,
    units,
    bias,
    activation: activation(kind),
    outputShape: [...input.slice(0, -1), units],
    parameters,
  };
}

export interface WindowOptions {
  readonly stride?: number;
  readonly padding?: number;
  readonly dilation?: number;
}

export function conv(
  name: string,
  input: Shape,
  filters: number,
  size: number,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
  kind: ActivationName = 'linear',
): LayerSketch {
  const image = input.length === 3;
  const places = image ? input.slice(1) : input.slice(0, 1);
  const all = (value: number): readonly number[] => places.map(() => value);
  const window = { kernel: all(size), stride: all(stride), padding: all(padding), dilation: all(dilation) };
  const outputs = slide(places, window.kernel, window.stride, window.padding, window.dilation);
  const channels = image ? input[0] : input[1];
  return {
    kind: 'conv',
    name,
    filters,
    ...window,
    activation: activation(kind),
    outputShape: image ? [filters, ...outputs] : [...outputs, filters],
    parameters: filters * (channels * product(window.kernel) + 1),
  };
}

export function pool(
  kind: 'maxpool' | 'avgpool',
  name: string,
  input: Shape,
  size: number,
  { stride = size, padding = 0 }: WindowOptions,
): LayerSketch {
  const image = input.length === 3;
  const places = image ? input.slice(1) : input.slice(0, 1);
  const all = (value: number): readonly number[] => places.map(() => value);
  const outputs = slide(places, all(size), all(stride), all(padding), all(1));
  return {
    kind,
    name,
    size: all(size),
    stride: all(stride),
    padding: all(padding),
    outputShape: image ? [input[0], ...outputs] : [...outputs, input[1]],
  };
}

export function globalPool(name: string, input: Shape): LayerSketch {
  return { kind: 'globalpool', name, outputShape: [input.length === 3 ? input[0] : input[1]] };
}

export function flatten(name: string, input: Shape): LayerSketch {
  return { kind: 'flatten', name, outputShape: [product(input)] };
}

export function norm(kind: 'batchnorm' | 'layernorm' | 'rmsnorm', name: string, input: Shape): LayerSketch {
  const channels = input.length === 3 ? input[0] : input.at(-1)!;
  const sizes = kind !== 'batchnorm' && input.length === 3 ? product(input) : channels;
  return { kind, name, epsilon: 1e-5, parameters: (kind === 'rmsnorm' ? 1 : 2) * sizes };
}

export function act(name: string, kind: ActivationName): LayerSketch {
  return { kind: 'activation', name, activation: activation(kind) };
}

export function dropout(name: string, probability: number): LayerSketch {
  return { kind: 'dropout', name, probability };
}

/** A residual join of layer `body` with what entered at layer `entered`. */
export function residual(
  name: string,
  body: number,
  entered: number,
  output: Shape,
  input: Shape,
): LayerSketch {
  const project = output.join('x') !== input.join('x');
  const features = (shape: Shape): number => (shape.length === 3 ? shape[0] : shape.at(-1)!);
  const parameters = project ? features(output) * (features(input) + 1) : 0;
  return { kind: 'residual', name, project, inputs: [body, entered], outputShape: output, parameters };
}

export function recurrent(
  kind: 'rnn' | 'lstm' | 'gru',
  name: string,
  input: Shape,
  units: number,
  returns: 'last' | 'sequence',
): LayerSketch {
  const gates = { rnn: 1, lstm: 4, gru: 3 }[kind];
  return {
    kind,
    name,
    units,
    returns,
    activation: activation('tanh'),
    recurrentInit: { name: 'default' },
    outputShape: returns === 'last' ? [units] : [input[0], units],
    parameters: gates * units * (input[1] + units + 2),
  };
}

export function embedding(name: string, input: Shape, vocabulary: number, dimension: number): LayerSketch {
  return {
    kind: 'embedding',
    name,
    vocabulary,
    dimension,
    outputShape: [input[0], dimension],
    parameters: vocabulary * dimension,
  };
}

export function position(name: string, input: Shape): LayerSketch {
  return { kind: 'position', name, parameters: input[0] * input[1] };
}

export function attention(name: string, input: Shape, heads: number, causal: boolean): LayerSketch {
  const features = input[1];
  return { kind: 'attention', name, heads, causal, parameters: 4 * features * (features + 1) };
}
