/**
 * Predicts the norm of every layer's gradient at initialisation from the network, its initialisers and a mini-batch, without
 * drawing a weight. In two stages: the root mean square over initialisations within milliseconds, then median and 10–90 % band.
 */
import type { Activation, CheckedNetwork, Shape } from '../../language/network.ts';
import type { Prediction } from '../prediction.ts';
import { backpropagate } from './backpropagation.ts';
import { bands } from './bands.ts';
import { drawOutputs, outputErrors } from './output.ts';
import { NotPredictable } from './notPredictable.ts';
import { buildProgram, mostPoints, type ProgramNode } from './program.ts';
import { rootMeanSquares } from './rootMeanSquares.ts';
import { predictBySampling, type SampleInitialisation } from './sampling.ts';
import { chooseSamples, type Batch } from './sampleChoice.ts';
import { spatialOf } from './signal.ts';

/** So many samples of the batch take part: fewer spoil the estimate, more only cost. */
const mostSamples = 32;
/** Points of a signal that is drawn jointly, which costs their cube. */
const mostDrawnPoints = 640;
/** With fewer, how samples differ cannot be told. */
const fewestSamples = 4;

export interface PredictOptions {
  /** Median and band; without them `norm` is the root mean square over initialisations, and `p10` and `p90` are the same number. */
  readonly bands?: boolean;
  /** Asked between layers; once it says true the prediction ends as not predictable. */
  readonly cancelled?: () => boolean;
  /** Measures one initialisation; asked where the recursion does not apply. Without it such networks are not predictable. */
  readonly sampleInitialisation?: SampleInitialisation;
}

/** The prediction in one call. */
export function predict(network: CheckedNetwork, batch: Batch, options: PredictOptions = {}): Prediction {
  const stages = predictInStages(network, batch, options);
  const first = stages.next();
  if (first.done === true || options.bands === false) return first.value;
  return stages.next().value;
}

/** Yields the root mean squares as soon as they are known and returns medians and bands. */
export function* predictInStages(
  network: CheckedNetwork,
  batch: Batch,
  options: Pick<PredictOptions, 'cancelled' | 'sampleInitialisation'> = {},
): Generator<Prediction, Prediction> {
  const { cancelled = () => false, sampleInitialisation } = options;
  try {
    const onNode = (): void => {
      if (cancelled()) throw new Cancelled('it was cancelled');
    };
    const { weights: file } = network.train;
    if (file !== undefined)
      throw new NotPredictable(`it starts from the weights in ${file}, not from initialisers`);
    if (batch.count < 1) throw new NotPredictable('there are no training samples');
    const { chosen, weights } = chooseSamples(batch, samplesFor(network));
    const program = buildProgram(network, chosen.inputs, chosen.count, onNode);
    const { last, activations } = peelActivations(program.nodes);
    const draws = drawOutputs(program.nodes[last].operation.signal);
    const setting = {
      loss: network.train.loss,
      activations,
      samples: chosen.count,
      targets: { values: chosen.targets, target: chosen.target },
    };
    const errors = outputErrors(draws, new Float64Array(draws.draws).fill(1), setting);
    const run = backpropagate(program, last, { draws, errors }, weights, onNode);
    yield { type: 'predicted', how: 'kernel recursion', layers: rootMeanSquares(run) };
    const layers = bands(run, (factors) => outputErrors(draws, factors, setting));
    return { type: 'predicted', how: 'kernel recursion', layers };
  } catch (failure) {
    if (!(failure instanceof NotPredictable)) throw failure;
    if (sampleInitialisation !== undefined && !(failure instanceof Cancelled)) {
      return (
        predictBySampling(sampleInitialisation, cancelled) ?? {
          type: 'not-predictable',
          reason: failure.message,
        }
      );
    }
    return { type: 'not-predictable', reason: failure.message };
  }
}

class Cancelled extends NotPredictable {}

/** The output is drawn before the activations that end the network: they act on numbers, not on moments. */
function peelActivations(nodes: readonly ProgramNode[]): {
  readonly last: number;
  readonly activations: readonly Activation[];
} {
  let last = nodes.length - 1;
  const activations: Activation[] = [];
  for (let node = nodes[last]; node.activation !== undefined; node = nodes[last]) {
    activations.unshift(node.activation);
    last = node.inputs[0];
  }
  return { last, activations };
}

/** Fewer samples where each has many positions, so that matrices stay small. */
function samplesFor({ input, layers }: CheckedNetwork): number {
  const positions = (shape: Shape): number => spatialOf(shape).reduce((product, size) => product * size, 1);
  const most = Math.max(
    input.vocabulary === undefined ? positions(input.shape) : positions([...input.shape, 1]),
    ...layers.map((layer) =>
      Math.max(layer.index === 0 ? 1 : positions(layer.inputShape), positions(layer.outputShape)),
    ),
  );
  const drawn = Math.max(
    1,
    ...layers.map((layer) =>
      layer.kind === 'maxpool' || layer.kind === 'batchnorm' ? positions(layer.inputShape) : 1,
    ),
  );
  const fitting = Math.floor(Math.min(mostPoints / most, mostDrawnPoints / drawn));
  return Math.max(Math.min(mostSamples, fitting), fewestSamples);
}
