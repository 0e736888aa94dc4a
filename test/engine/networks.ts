/** Checked networks made by hand, for tests of the engine alone. */
import type {
  Activation,
  ActivationName,
  CheckedNetwork,
  Initialiser,
  Layer,
  Optimizer,
  Shape,
  TrainSettings,
} from '../../src/language/network.ts';

const span = { from: 0, to: 0 };
const byDefault: Initialiser = { name: 'default' };

export function activation(
  name: ActivationName,
  parameter = name === 'leaky_relu' ? 0.01 : Number(name === 'elu'),
): Activation {
  return { name, parameter };
}

/** What a layer has besides its place: `kind` decides which. */
export type LayerSketch = { readonly kind: Layer['kind']; readonly name: string } & Record<string, unknown>;

/** A chain of layers after an input of the given shape; a sketch may name its `inputs` by position. */
export function chain(inputShape: Shape, sketches: readonly LayerSketch[]): readonly Layer[] {
  const shapes: Shape[] = [];
  return sketches.map((sketch, index) => {
    const inputs = (sketch['inputs'] as readonly number[] | undefined) ?? [index - 1];
    const inputShapeHere = inputs[0] < 0 ? inputShape : shapes[inputs[0]];
    const outputShape = (sketch['outputShape'] as Shape | undefined) ?? inputShapeHere;
    shapes.push(outputShape);
    return {
      activation: activation('linear'),
      init: byDefault,
      biasInit: byDefault,
      bias: true,
      index,
      inputs,
      inputShape: inputShapeHere,
      outputShape,
      parameters: 0,
      line: index + 2,
      span,
      repeat: undefined,
      ...sketch,
    } as unknown as Layer;
  });
}

export const plainSgd: Optimizer = { name: 'sgd', lr: 0.1, momentum: 0, nesterov: false, weightDecay: 0 };

/** A network of these layers with the training settings of a test. */
export function networkOf(
  inputShape: Shape,
  layers: readonly Layer[],
  train: Partial<TrainSettings>,
  vocabulary?: number,
): CheckedNetwork {
  return {
    name: 'test',
    line: 1,
    span,
    input: { shape: inputShape, vocabulary, line: 2, span },
    layers,
    outputShape: layers.at(-1)!.outputShape,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    data: { kind: 'xor', noise: 0, classes: 2, samples: 4, seed: 1, split: 1, line: 1, span },
    train: {
      loss: 'mse',
      optimizer: plainSgd,
      schedule: { name: 'constant' },
      clip: undefined,
      batch: 'all',
      duration: { steps: 20 },
      seed: 1,
      precision: 'float64',
      weights: undefined,
      ...train,
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
