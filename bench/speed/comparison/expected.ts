/**
 * The norms that every contender is held against: the engine's in float64, from the float32 numbers that all read. Training can
 * spread a difference in the last place by powers of ten, more so where a relu unit changes sides. So steps are left out
 * from the one on where float64 itself, started from the numbers before they were rounded, goes another way.
 */
import { prepareData } from '../../../src/engine/data/prepare.ts';
import { buildGraph } from '../../../src/engine/graph.ts';
import { recordedQuantities } from '../../../src/engine/recording.ts';
import { layOut, Session } from '../../../src/engine/session.ts';
import { drawParameters, exportParameters, importParameters } from '../../../src/engine/weights.ts';
import type { Job } from './jobs.ts';

/** Norms, steps x layers. */
export type NormRows = readonly (readonly number[])[];

const norm = recordedQuantities.indexOf('norm');

/** Norms of the first `steps` steps, or of fewer: until what rounding the numbers changes in them exceeds `mostSpread`. */
export function expectedNorms(job: Job, steps: number, mostSpread: number): NormRows {
  const expected = train(job, steps, Math.fround);
  const unrounded = train(job, steps, (number) => number);
  const parting = expected.findIndex(
    (row, step) => !(largestDifference([unrounded[step] ?? []], [row]) <= mostSpread),
  );
  if (parting === 0) throw new Error(`Not even the first norms of ${job.name} can be compared in float32`);
  return parting < 0 ? expected : expected.slice(0, parting);
}

/** Relative difference of a norm, the largest over all layers and those steps that both have. */
export function largestDifference(norms: NormRows, expected: NormRows): number {
  const differences = norms.flatMap((row, step) =>
    (expected[step] ?? []).map((one, layer) => Math.abs((row[layer] ?? Number.NaN) - one) / one),
  );
  return differences.reduce((a, b) => Math.max(a, b), 0);
}

/** Trains in float64 from samples and weights that `write` has seen. */
function train(
  { network: { train: settings, ...rest }, batch }: Job,
  steps: number,
  write: (number: number) => number,
): NormRows {
  const network = { ...rest, train: { ...settings, precision: 'float64' as const } };
  const use = { loss: settings.loss, outputShape: network.outputShape };
  const prepared = prepareData(network.data, network.input, new Map(), use);
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const { data } = prepared;
  const written = { ...data, inputs: data.inputs.map(write), targets: data.targets.map(write) };
  const graph = buildGraph(network, data.target, { samples: batch, batch });
  const session = new Session(network, graph, layOut(graph), written, steps);
  drawParameters(graph, session.memory, settings.seed);
  const weights = exportParameters(graph, session.memory).map(
    ({ name, shape, values }) => [name, { shape, values: values.map(write) }] as const,
  );
  importParameters(graph, session.memory, new Map(weights));
  const order = Uint32Array.from({ length: batch }, (_, index) => index);
  return Array.from({ length: steps }, (_, step) => {
    const row = session.learn([order], step);
    return graph.recorded.map(
      (_layer, layer) => row[1 + layer * recordedQuantities.length + norm] ?? Number.NaN,
    );
  });
}
