/** Every recorded quantity against its definition in `docs/definitions.md`, computed here by plain loops. */
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/engine/graph.ts';
import { Random } from '../../src/engine/random.ts';
import { recordedQuantities, type RecordedQuantity } from '../../src/engine/recording.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import { drawParameters, exportGradients, exportParameters } from '../../src/engine/weights.ts';
import { chain, networkOf } from './networks.ts';
import { act, dense } from './sketches.ts';

const samples = 11;
const [inputs, hidden, outputs] = [3, 9, 2];
const lr = 0.2;

/** 3 – 9 relu – 2 with mean squared error; the relu stands on the layer's line or on one of its own. */
function run(ownLine: boolean) {
  const first = ownLine
    ? [dense('a', [inputs], hidden), act('r', 'relu')]
    : [dense('a', [inputs], hidden, 'relu')];
  const layers = chain([inputs], [...first, dense('b', [hidden], outputs)]);
  const optimizer = { name: 'sgd', lr, momentum: 0, nesterov: false, weightDecay: 0 } as const;
  const network = networkOf([inputs], layers, { optimizer });
  const random = new Random(5, 'data');
  const data = {
    inputs: Float64Array.from({ length: samples * inputs }, () => random.normal()),
    targets: Float64Array.from({ length: samples * outputs }, () => random.normal()),
    target: { type: 'values', size: outputs } as const,
    inputShape: [inputs],
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, data.target, { samples, batch: samples });
  const session = new Session(network, graph, layOut(graph), data, 1);
  drawParameters(graph, session.memory, 3);
  const before = exportParameters(graph, session.memory).map(({ values }) => [...values]);
  const row = session.learn([Uint32Array.from({ length: samples }, (_, index) => index)], 0);
  const gradients = exportGradients(graph, session.memory).map(({ values }) => [...values]);
  const recorded = (layer: number, name: RecordedQuantity): number =>
    row[1 + layer * recordedQuantities.length + recordedQuantities.indexOf(name)];
  return { data, before, gradients, recorded };
}

const norm = (values: readonly number[]): number => Math.hypot(...values);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMeanSquare = (rows: readonly (readonly number[])[]): number =>
  Math.sqrt(mean(rows.map((row) => norm(row) ** 2)));

/** The forward and backward pass of one sample, with the error of its own squared loss, averaged over the outputs. */
function passes({ data, before }: ReturnType<typeof run>) {
  const [w1, b1, w2, b2] = before as [number[], number[], number[], number[]];
  return Array.from({ length: samples }, (_, sample) => {
    const x = [...data.inputs.subarray(sample * inputs, (sample + 1) * inputs)];
    const z = b1.map((bias, unit) =>
      x.reduce((sum, value, place) => sum + value * w1[unit * inputs + place], bias),
    );
    const h = z.map((value) => Math.max(0, value));
    const y = b2.map((bias, unit) =>
      h.reduce((sum, value, place) => sum + value * w2[unit * hidden + place], bias),
    );
    const outputError = y.map(
      (value, unit) => (2 * (value - data.targets[sample * outputs + unit])) / outputs,
    );
    const hiddenError = h.map((_, unit) =>
      outputError.reduce((sum, error, output) => sum + error * w2[output * hidden + unit], 0),
    );
    const error = hiddenError.map((value, unit) => (z[unit] > 0 ? value : 0));
    return { x, z, h, y, outputError, hiddenError, error };
  });
}

describe.each([false, true])('with the activation on a line of its own: %s', (ownLine) => {
  const result = run(ownLine);
  const all = passes(result);
  const { recorded, gradients, before } = result;
  const activations = all.flatMap(({ h }) => h);

  test.each<[RecordedQuantity, number, number]>([
    ['norm', 0, norm([...gradients[0], ...gradients[1]])],
    ['largest', 0, Math.max(...[...gradients[0], ...gradients[1]].map(Math.abs))],
    ['meanAbsolute', 1, mean([...gradients[2], ...gradients[3]].map(Math.abs))],
    ['zeroShare', 0, mean([...gradients[0], ...gradients[1]].map((entry) => Number(entry === 0)))],
    ['parameterNorm', 0, norm([...before[0], ...before[1]])],
    ['speed', 0, (lr * norm([...gradients[0], ...gradients[1]])) / norm([...before[0], ...before[1]])],
    ['error', 0, rootMeanSquare(all.map(({ error }) => error))],
    ['outputError', 0, rootMeanSquare(all.map(({ hiddenError }) => hiddenError))],
    ['error', 1, rootMeanSquare(all.map(({ outputError }) => outputError))],
    ['outputError', 1, rootMeanSquare(all.map(({ outputError }) => outputError))],
    ['inputNorm', 0, rootMeanSquare(all.map(({ x }) => x))],
    ['inputNorm', 1, rootMeanSquare(all.map(({ h }) => h))],
    ['activationMean', 0, mean(activations)],
    ['activationDeviation', 0, Math.sqrt(mean(activations.map((value) => (value - mean(activations)) ** 2)))],
    ['saturation', 0, mean(all.flatMap(({ z }) => z.map((value) => Number(value <= 0))))],
    ['deadShare', 0, mean(all[0].h.map((_, unit) => Number(all.every(({ h }) => h[unit] === 0))))],
    ['saturation', 1, Number.NaN],
    ['deadShare', 1, Number.NaN],
  ])('%s of layer %d', (name, layer, expected) => {
    if (Number.isNaN(expected)) expect(recorded(layer, name)).toBeNaN();
    else expect(recorded(layer, name)).toBeCloseTo(expected, 12);
  });
});
