/** Gradients and trajectories against those of PyTorch 1.13 in float64: see `test/fixtures/gradients/README.md`. */
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/engine/graph.ts';
import type { Arithmetic } from '../../src/engine/kernels/load.ts';
import { codeDropoutMask } from '../../src/engine/kernels/assembly/codes.ts';
import { recordedQuantities } from '../../src/engine/recording.ts';
import type { Session } from '../../src/engine/session.ts';
import { exportGradients } from '../../src/engine/weights.ts';
import type { Optimizer } from '../../src/language/network.ts';
import { plainSgd } from './networks.ts';
import {
  readReference,
  referenceNames,
  referenceNetwork,
  startSession,
  wholeBatch,
  type Reference,
  type ReferenceTensor,
  type Trajectory,
} from './reference.ts';
import { translate } from './referenceLayers.ts';

/** Rounding of the order of sums: a hundred times below what any mistake would cause. */
const gradientTolerance = 1e-9;
/** Twenty steps amplify rounding, most of all Adam's first ones. */
const trajectoryTolerance = 1e-7;
/** float32 has 24 bits; sums of a few dozen products lose a few of them. */
const singleTolerance = 1e-4;

describe.each(referenceNames)('%s', (name) => {
  const reference = readReference(name);
  const { tensor, parts } = translate(reference);
  const normOfLayer = (layer: string): number =>
    Math.hypot(...parts(layer).map((part) => reference.gradNorms[part]));
  const deviation = (parameter: string, values: Float64Array): number =>
    difference(values, tensor(parameter, reference.grads).data, normOfLayer(parameter.split('.')[0]));

  test('has the gradients of PyTorch in float64', () => {
    const session = sessionOf(reference, plainSgd, 'float64');
    const row = session.learn([wholeBatch(reference)], 0);
    expect(relativeError(row[0], reference.lossValue)).toBeLessThan(gradientTolerance);
    for (const { name: parameter, values } of exportGradients(session.graph, session.memory)) {
      expect(deviation(parameter, values), parameter).toBeLessThan(gradientTolerance);
    }
    for (const layer of layersOf(session)) {
      expect(relativeError(normOf(session, row, layer), normOfLayer(layer)), layer).toBeLessThan(
        gradientTolerance,
      );
    }
  });

  test.each(['strict', 'relaxed'] as const)('has them in %s float32 as far as float32 goes', (arithmetic) => {
    const session = sessionOf(reference, plainSgd, 'float32', arithmetic);
    session.learn([wholeBatch(reference)], 0);
    for (const { name: parameter, values } of exportGradients(session.graph, session.memory)) {
      expect(deviation(parameter, values), parameter).toBeLessThan(singleTolerance);
    }
  });

  test.each(Object.entries(reference.trajectories))(
    'follows the trajectory of %s',
    (optimizer, trajectory) => {
      const session = sessionOf(reference, optimizerOf(optimizer, trajectory), 'float64');
      const batches = trajectory.loss.map(() => wholeBatch(reference));
      const rows = session.learn(batches, 0);
      const length = session.graph.recordLength;
      trajectory.loss.forEach((loss, step) => {
        const row = rows.subarray(step * length, (step + 1) * length);
        expect(relativeError(row[0], loss), `loss at ${step}`).toBeLessThan(trajectoryTolerance);
        for (const layer of layersOf(session)) {
          const norm = Math.hypot(...parts(layer).map((part) => trajectory.gradNorms[part][step]));
          const error = relativeError(normOf(session, row, layer), norm);
          expect(error, `${layer} at ${step}`).toBeLessThan(trajectoryTolerance);
        }
      });
    },
  );
});

describe.each(['rnn', 'lstm', 'gru'])('the hidden state of %s', (name) => {
  const reference = readReference(name);
  const steps = reference.input.shape[1];

  test('has the error of PyTorch at every time step', () => {
    const session = sessionOf(reference, plainSgd, 'float64');
    const row = session.learn([wholeBatch(reference)], 0);
    const errors = row.subarray(1 + session.graph.recorded.length * recordedQuantities.length);
    // A sample's own loss is as many times its part of the mean as there are samples; recorded is the root mean square over them.
    const samples = reference.input.shape[0];
    const expected = Array.from(
      { length: steps },
      (_, step) => Math.sqrt(samples) * reference.taps[`h${step + 1}`].gradNorm,
    );
    expect(errors).toHaveLength(steps);
    errors.forEach((error, step) =>
      expect(relativeError(error, expected[step])).toBeLessThan(gradientTolerance),
    );
  });
});

function sessionOf(
  reference: Reference,
  optimizer: Optimizer,
  precision: 'float32' | 'float64',
  arithmetic: Arithmetic = 'strict',
): Session {
  const { inputShape, input, layers, tensor, vocabulary } = translate(reference);
  const network = referenceNetwork(reference, inputShape, layers, { optimizer, precision }, vocabulary);
  const parameter = (name: string): ReferenceTensor => tensor(name, reference.params);
  const data = { input, target: reference.target };
  if (reference.name !== 'dropout_mlp')
    return startSession(network, data, parameter, undefined, { arithmetic });
  const session = startSession(network, data, parameter, withoutDrawing, { arithmetic });
  giveMask(session, reference);
  return session;
}

/** The graph with nothing that draws dropout's masks: what is put there stays. */
function withoutDrawing(graph: Graph): Graph {
  return { ...graph, learning: graph.learning.filter(({ code }) => code !== codeDropoutMask) };
}

/** Puts the reference's mask where dropout's own would be. */
function giveMask(session: Session, reference: Reference): void {
  const [, probability, kept] = reference.architecture.find(([kind]) => kind === 'dropout') as unknown as [
    string,
    number,
    number[],
  ];
  const { integers } = session.graph.plan.forward.find(({ code }) => code === codeDropoutMask)!;
  const [address, , features, stride] = integers as [number, number, number, number];
  kept.forEach((keep, index) => {
    const place = Math.floor(index / features) * stride + (index % features);
    session.memory.numbers[address / session.memory.width + place] = keep / (1 - probability);
  });
}

/** The optimizers of the references, whose other numbers are PyTorch's defaults. */
function optimizerOf(name: string, { hyper }: Trajectory): Optimizer {
  const lr = hyper['lr'];
  switch (name) {
    case 'sgd':
      return { name: 'sgd', lr, momentum: 0, nesterov: false, weightDecay: 0 };
    case 'momentum':
      return { name: 'sgd', lr, momentum: 0.9, nesterov: false, weightDecay: 0 };
    case 'adam':
      return { name: 'adam', lr, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 };
    case 'rmsprop':
      return { name: 'rmsprop', lr, alpha: 0.99, eps: 1e-8, momentum: 0, weightDecay: 0 };
    default:
      throw new Error(`No optimizer is called ${name}`);
  }
}

function normOf(session: Session, row: Float64Array, layer: string): number {
  return row[1 + layersOf(session).indexOf(layer) * recordedQuantities.length];
}

/** Names of the recorded layers. */
function layersOf({ graph }: Session): readonly string[] {
  return graph.recorded.map(({ block }) => block.tensors[0].name.split('.')[0]);
}

/**
 * ‖a − b‖ / ‖b‖ of a parameter's gradient. A bias in front of a normalisation has the gradient zero, of which rounding alone
 * is left: what is below a hundredth of the whole layer's norm is measured by that.
 */
function difference(a: Float64Array, b: readonly number[], layerNorm: number): number {
  const distance = Math.hypot(...b.map((entry, index) => entry - a[index]));
  return distance / Math.max(Math.hypot(...b), layerNorm / 100);
}

function relativeError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.abs(expected);
}
