/** Builds checked networks for predictions: plain dense ones from a few words. */
import type {
  Activation,
  ActivationName,
  CheckedNetwork,
  DenseLayer,
  Initialiser,
  Layer,
  LossName,
  NetworkInput,
} from '../../../src/language/network.ts';

const span = { from: 0, to: 0 };

/** An activation with the language's default parameter. */
export function activationNamed(name: ActivationName, parameter?: number): Activation {
  return { name, parameter: parameter ?? (name === 'leaky_relu' ? 0.01 : name === 'elu' ? 1 : 0) };
}

/** What every layer has; `inputs` is the layer before. */
export function layerCommon(
  index: number,
  name: string,
  inputShape: readonly number[],
  outputShape: readonly number[],
  parameters: number,
) {
  return {
    index,
    name,
    inputs: [index - 1],
    inputShape,
    outputShape,
    parameters,
    line: index + 2,
    span,
    repeat: undefined,
  };
}

export interface DenseOptions {
  readonly activation?: ActivationName | Activation;
  readonly init?: Initialiser;
  readonly biasInit?: Initialiser;
  readonly bias?: boolean;
}

/** A dense layer at this position. */
export function dense(index: number, inputs: number, units: number, options: DenseOptions = {}): DenseLayer {
  const bias = options.bias ?? true;
  const activation = options.activation ?? 'linear';
  return {
    ...layerCommon(index, `dense${index + 1}`, [inputs], [units], units * (inputs + (bias ? 1 : 0))),
    kind: 'dense',
    units,
    activation: typeof activation === 'string' ? activationNamed(activation) : activation,
    init: options.init ?? { name: 'default' },
    biasInit: options.biasInit ?? { name: 'default' },
    bias,
  };
}

/** A network of these layers. */
export function networkOf(
  input: readonly number[],
  layers: readonly Layer[],
  loss: LossName,
  vocabulary?: number,
): CheckedNetwork {
  const networkInput: NetworkInput = { shape: input, vocabulary, line: 1, span };
  return {
    name: 'network',
    line: 1,
    span,
    input: networkInput,
    layers,
    outputShape: layers[layers.length - 1].outputShape,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    data: { kind: 'gaussian', classes: undefined, samples: 32, seed: 1, split: 1, line: 1, span },
    train: {
      loss,
      optimizer: { name: 'sgd', lr: 0.1, momentum: 0, nesterov: false, weightDecay: 0 },
      schedule: { name: 'constant' },
      clip: undefined,
      batch: 32,
      duration: { steps: 1 },
      seed: 1,
      precision: 'float64',
      weights: undefined,
    },
    analyze: {
      threshold: undefined,
      explode: undefined,
      ratio: undefined,
      metric: undefined,
      every: 1,
      seeds: 1,
    },
  };
}

/** A multilayer perceptron: `widths` from input to output, the activation after every hidden layer, `last` after the output. */
export function perceptron(
  widths: readonly number[],
  loss: LossName,
  options: DenseOptions & { readonly last?: ActivationName } = {},
): CheckedNetwork {
  const layers = widths.slice(1).map((units, index) =>
    dense(index, widths[index], units, {
      ...options,
      activation: index === widths.length - 2 ? (options.last ?? 'linear') : (options.activation ?? 'linear'),
    }),
  );
  return networkOf([widths[0]], layers, loss);
}
