/** From a checked network and a mini-batch to the list of operations that the recursion runs over. */
import { defaultOf } from '../../engine/initialise.ts';
import type { Activation, CheckedNetwork, Layer } from '../../language/network.ts';
import { normalisationEpsilon } from '../../language/normalisationEpsilon.ts';
import { fusedActivation, laterPooled, linear, pooledActivation } from './fusion.ts';
import { entryMoments, linearSize } from './initialVariance.ts';
import { convolutionMap, denseMap, projectionMap, recurrence } from './layerWeights.ts';
import { NotPredictable } from './notPredictable.ts';
import type { Operation } from './operation.ts';
import { activationOperation } from './operations/activation.ts';
import { batchNormalisationOperation } from './operations/batchNormalisation.ts';
import { concatenationOperation } from './operations/concatenation.ts';
import { convolutionOperation } from './operations/convolution.ts';
import { denseOperation } from './operations/dense.ts';
import { dropoutOperation } from './operations/dropout.ts';
import { embeddingOperation, positionOperation } from './operations/embedding.ts';
import { inputOperation } from './operations/input.ts';
import { layerNormalisationOperation } from './operations/layerNormalisation.ts';
import { maximumPoolingOperation } from './operations/maximumPooling.ts';
import { averagePoolingOperation, flattenOperation, globalPoolingOperation } from './operations/positions.ts';
import { lastStepOperation, recurrenceOperation } from './operations/recurrence.ts';
import { softmaxOperation } from './operations/softmax.ts';
import { sumOperation } from './operations/sum.ts';
import { pointsOf, spatialOf, type Signal } from './signal.ts';

/** An operation in its place. */
export interface ProgramNode {
  readonly operation: Operation;
  /** Positions of the nodes whose signals it takes. */
  readonly inputs: readonly number[];
  /** For a sum: the nodes that it adds up, through sums within sums, and how often each. Empty for all else. */
  readonly leaves: readonly { readonly node: number; readonly times: number }[];
  /** An elementwise activation that may be taken off the end of the network, because the output is drawn anyway. */
  readonly activation?: Activation;
}

/** Where the parts of one layer of the network are found. */
export interface LayerPlace {
  readonly layer: Layer;
  /** The node that owns the parameters: for a layer with an activation, its pre-activation. */
  readonly parameters: number;
  /** The node of the layer's output. */
  readonly output: number;
}

export interface Program {
  readonly nodes: readonly ProgramNode[];
  /** In the order of `CheckedNetwork.layers`. */
  readonly places: readonly LayerPlace[];
}

/** More points than this make matrices that take too long; then initialisations are sampled. */
export const mostPoints = 1024;

/** Builds and runs the forward recursion. Throws `NotPredictable` where a layer has no closed form. */
export function buildProgram(
  network: CheckedNetwork,
  values: Float64Array,
  samples: number,
  onNode: () => void,
): Program {
  const nodes: ProgramNode[] = [];
  const places: LayerPlace[] = [];
  const push = (
    operation: Operation,
    inputs: readonly number[],
    extra: Partial<ProgramNode> = {},
  ): number => {
    onNode();
    nodes.push({ operation, inputs, leaves: [], ...extra });
    return nodes.length - 1;
  };
  const signalAt = (node: number): Signal => nodes[node].operation.signal;
  const outputOf = (layer: number): number => (layer < 0 ? 0 : places[layer].output);
  const activate = (node: number, activation: Activation): number => {
    if (activation.name === 'linear') return node;
    const operation =
      activation.name === 'softmax'
        ? softmaxOperation(signalAt(node), nodes.length)
        : activationOperation(signalAt(node), activation);
    return push(operation, [node], { activation });
  };
  const add = (terms: readonly number[]): number => {
    const times = new Map<number, number>();
    for (const term of terms) {
      const { leaves } = nodes[term];
      for (const leaf of leaves.length > 0 ? leaves : [{ node: term, times: 1 }]) {
        times.set(leaf.node, (times.get(leaf.node) ?? 0) + leaf.times);
      }
    }
    const leaves = [...times].map(([node, count]) => ({ node, times: count }));
    const operation = sumOperation(
      leaves.map(({ node, times: count }) => ({ signal: signalAt(node), times: count })),
    );
    return push(
      operation,
      leaves.map(({ node }) => node),
      { leaves },
    );
  };

  if (network.input.vocabulary === undefined) {
    push(inputOperation(values, samples, network.input.shape), []);
  } else {
    // Token indices have no moments; the embedding reads them itself.
    push(inputOperation(new Float64Array(values.length), samples, [...network.input.shape, 1]), []);
  }
  network.layers.forEach((layer, index) => {
    const [first = 0, second = 0] = layer.inputs.map(outputOf);
    const input = signalAt(first);
    const place = (parameters: number, output = parameters): void => {
      places.push({ layer, parameters, output });
    };
    switch (layer.kind) {
      case 'dense': {
        const node = push(denseOperation(input, denseMap(layer, input.features)), [first]);
        place(node, activate(node, laterPooled(network, index) ? linear : layer.activation));
        break;
      }
      case 'conv': {
        const output = spatialOf(layer.outputShape);
        checkPoints(layer, samples, output);
        const map = convolutionMap(layer, input.features);
        const node = push(convolutionOperation(input, map, output, { ...layer, size: layer.kernel }), [
          first,
        ]);
        place(node, activate(node, laterPooled(network, index) ? linear : layer.activation));
        break;
      }
      case 'maxpool':
      case 'avgpool': {
        const window = { ...layer, dilation: layer.size.map(() => 1) };
        const output = spatialOf(layer.outputShape);
        const operation =
          layer.kind === 'maxpool'
            ? maximumPoolingOperation(
                input,
                output,
                window,
                nodes.length,
                pooledActivation(network, index - 1),
              )
            : averagePoolingOperation(input, output, window);
        place(push(operation, [first]));
        break;
      }
      case 'globalpool':
        place(push(globalPoolingOperation(input), [first]));
        break;
      case 'flatten':
        place(push(flattenOperation(input), [first]));
        break;
      case 'activation':
        // A batchnorm directly before has already taken the activation in.
        place(
          fusedActivation(network, index - 1) === layer || laterPooled(network, index)
            ? first
            : activate(first, layer.activation),
        );
        break;
      case 'dropout':
        place(push(dropoutOperation(input, layer.probability), [first]));
        break;
      case 'batchnorm':
        place(
          push(
            batchNormalisationOperation(
              input,
              normalisationEpsilon(layer, network.train.precision),
              nodes.length,
              fusedActivation(network, index)?.activation,
            ),
            [first],
          ),
        );
        break;
      case 'layernorm':
      case 'rmsnorm': {
        const perSample = layer.inputShape.length === 3;
        const centred = layer.kind === 'layernorm';
        const epsilon = normalisationEpsilon(layer, network.train.precision);
        place(push(layerNormalisationOperation(input, { centred, epsilon, perSample }), [first]));
        break;
      }
      case 'residual': {
        if (!layer.project) {
          place(add([second, first]));
          break;
        }
        const skipped = signalAt(second);
        const projection = push(denseOperation(skipped, projectionMap(layer, skipped.features)), [second]);
        place(projection, add([projection, first]));
        break;
      }
      case 'add':
        place(add(layer.inputs.map(outputOf)));
        break;
      case 'concat': {
        const parts = layer.inputs.map(outputOf);
        place(push(concatenationOperation(parts.map(signalAt)), parts));
        break;
      }
      case 'position': {
        const moments = entryMoments(defaultOf.embedding, linearSize(1, 1));
        const table = push(positionOperation(input, moments), []);
        place(table, add([first, table]));
        break;
      }
      case 'embedding': {
        checkPoints(layer, samples, layer.inputShape);
        const size = { fanIn: layer.vocabulary, fanOut: layer.dimension, default: defaultOf.embedding };
        const entry = entryMoments(layer.init, size);
        place(push(embeddingOperation(values, samples, layer.dimension, entry), []));
        break;
      }
      case 'rnn': {
        checkPoints(layer, samples, spatialOf(layer.inputShape));
        const sequence = push(recurrenceOperation(input, recurrence(layer, input.features)), [first]);
        place(
          sequence,
          layer.returns === 'last' ? push(lastStepOperation(signalAt(sequence)), [sequence]) : sequence,
        );
        break;
      }
      case 'lstm':
      case 'gru':
      case 'attention':
        throw new NotPredictable(
          `${layer.name} is ${layer.kind === 'attention' ? 'attention' : `an ${layer.kind.toUpperCase()}`}, which has no closed form`,
        );
      default:
        layer satisfies never;
    }
    checkFinite(layer, signalAt(places.at(-1).output));
  });
  return { nodes, places };
}

function checkPoints(layer: Layer, samples: number, spatial: readonly number[]): void {
  const positions = spatial.reduce((product, size) => product * size, 1);
  if (samples * positions > mostPoints) {
    throw new NotPredictable(`${layer.name} has ${positions} positions, too many for the recursion`);
  }
}

function checkFinite(layer: Layer, signal: Signal): void {
  const points = pointsOf(signal);
  for (let point = 0; point < points; point++) {
    if (!Number.isFinite(signal.second[point * (points + 1)])) {
      throw new NotPredictable(`the variance of what ${layer.name} yields is larger than any number`);
    }
  }
}
