/** The one recurrent network whose decay is known exactly: linear, with an orthogonal matrix times ρ, errors shrink by ρ a step. */
import { expect, test } from 'vitest';
import { buildGraph } from '../../src/engine/graph.ts';
import { Random } from '../../src/engine/random.ts';
import { recordedQuantities } from '../../src/engine/recording.ts';
import { layOut, Session } from '../../src/engine/session.ts';
import { drawParameters } from '../../src/engine/weights.ts';
import { activation, chain, networkOf } from './networks.ts';
import { dense, recurrent } from './sketches.ts';

const [samples, steps, units] = [6, 51, 7];

function timeErrors(gain: number): Float64Array {
  const cell = {
    ...recurrent('rnn', 'cell', [steps, 2], units, 'last'),
    activation: activation('linear'),
    recurrentInit: { name: 'orthogonal', gain },
  } as const;
  const network = networkOf([steps, 2], chain([steps, 2], [cell, dense('out', [units], 1)]), {});
  const random = new Random(1, 'data');
  const data = {
    inputs: Float64Array.from({ length: samples * steps * 2 }, () => random.normal()),
    targets: Float64Array.from({ length: samples }, () => random.normal()),
    target: { type: 'values', size: 1 } as const,
    inputShape: [steps, 2],
    trainCount: samples,
    testCount: 0,
    notes: [],
  };
  const graph = buildGraph(network, data.target, { samples, batch: samples });
  const session = new Session(network, graph, layOut(graph), data, 1);
  drawParameters(graph, session.memory, 2);
  const row = session.learn([Uint32Array.from({ length: samples }, (_, index) => index)], 0);
  return row.subarray(1 + 2 * recordedQuantities.length);
}

test.each([
  [0.9, 5.153775207320113e-3],
  [1, 1],
  [1.1, 117.39085287969571],
])('fifty steps back the error is ρ⁵⁰ of the last step’s: %d to the fiftieth is %d', (gain, expected) => {
  const errors = timeErrors(gain);
  expect(errors).toHaveLength(steps);
  expect(errors[0] / errors[steps - 1] / expected).toBeCloseTo(1, 12);
  errors.slice(1).forEach((error, step) => expect(errors[step] / error / gain).toBeCloseTo(1, 12));
});
