/** Gradients by differences of losses: what every layer's backward pass is held against. */
import { exportGradients, exportParameters, importParameters } from '../../src/engine/weights.ts';
import { buildGraph } from '../../src/engine/graph.ts';
import { Random } from '../../src/engine/random.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import type { CheckedNetwork, Layer, LossName, Shape } from '../../src/language/network.ts';
import { networkOf } from './networks.ts';

/** Where rounding (1e-16 / step) and the third derivative (step²) are about equally small. */
const step = 1e-5;
const samples = 5;
/** Entries that are tried of each parameter. */
const entriesTried = 12;

/**
 * The largest distance of a parameter's gradient from its central differences, relative to the gradient's norm in its layer.
 * Learning rate 0 keeps the weights; the same step number keeps dropout's masks.
 */
export function largestDeviation(
  inputShape: Shape,
  layers: readonly Layer[],
  loss: LossName,
  seed: number,
  vocabulary?: number,
): number {
  const network = networkOf(
    inputShape,
    layers,
    { loss, seed, optimizer: { name: 'sgd', lr: 0, momentum: 0, nesterov: false, weightDecay: 0 } },
    vocabulary,
  );
  const session = randomSession(network, seed);
  const batch = Uint32Array.from({ length: samples }, (_, index) => index);
  const lossNow = (): number => session.learn([batch], 3)[0];
  lossNow();
  const gradients = exportGradients(session.graph, session.memory);
  const random = new Random(seed, 'split');
  const deviations = exportParameters(session.graph, session.memory).map(({ name, shape, values }, place) => {
    const gradient = gradients[place].values;
    const tried = random.permutation(values.length).slice(0, entriesTried);
    const at = (entry: number, offset: number): number => {
      const moved = values.slice();
      moved[entry] += offset;
      importParameters(session.graph, session.memory, new Map([[name, { shape, values: moved }]]));
      return lossNow();
    };
    const errors = Array.from(tried, (entry) => {
      const difference = (at(entry, step) - at(entry, -step)) / (2 * step);
      return difference - gradient[entry];
    });
    importParameters(session.graph, session.memory, new Map([[name, { shape, values }]]));
    // Differences of losses of order 1 are known to about 1e-11; a gradient far below that cannot be checked this way.
    return Math.hypot(...errors) / Math.max(Math.hypot(...gradient), 1e-3);
  });
  return Math.max(...deviations);
}

function randomSession(network: CheckedNetwork, seed: number): Session {
  const random = new Random(seed, 'data');
  const { shape, vocabulary } = network.input;
  const size = (sizes: Shape): number => sizes.reduce((result, one) => result * one, 1);
  const rows = network.outputShape.length === 2 ? network.outputShape[0] : 1;
  const classes = network.outputShape.at(-1)!;
  const ofClasses = network.train.loss === 'cross_entropy';
  const data = {
    inputs: Float64Array.from({ length: samples * size(shape) }, () =>
      vocabulary === undefined ? random.normal() : random.integer(vocabulary),
    ),
    targets: Float64Array.from({ length: samples * (ofClasses ? rows : size(network.outputShape)) }, () =>
      ofClasses ? random.integer(classes) : random.normal(),
    ),
    target: ofClasses
      ? ({ type: 'classes', classes, rows } as const)
      : ({ type: 'values', size: size(network.outputShape) } as const),
    inputShape: shape,
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, data.target, { samples, batch: samples });
  const session = new Session(network, graph, layOut(graph), data, 100);
  for (const { name, shape: parameterShape, values } of exportParameters(graph, session.memory)) {
    const drawn = values.map(() =>
      random.normal(name.endsWith('weight') && parameterShape.length === 1 ? 1 : 0, 0.5),
    );
    importParameters(graph, session.memory, new Map([[name, { shape: parameterShape, values: drawn }]]));
  }
  return session;
}
