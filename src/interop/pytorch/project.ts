/**
 * A network as a PyTorch project that trains as vgnet does: `model.py`, `train.py`, `gradient_log.py`, the weights that the
 * run starts from, and its data in the order of its batches. Runs on PyTorch 1.13 and later without any further package.
 */
import { Batches } from '../../engine/batches.ts';
import { prepareData, type TrainingData } from '../../engine/data/prepare.ts';
import { encodeTargets, planLoss } from '../../engine/losses.ts';
import type { prepareRun } from '../../engine/trainer.ts';
import type { CheckedNetwork } from '../../language/network.ts';
import type { ExportOutcome, FileContents } from '../../protocol/worker.ts';
import { writeSafetensors, type TensorToStore } from '../safetensors.ts';
import { gradientLogSource } from './gradientLog.ts';
import { modelSource } from './model.ts';
import { trainScript } from './trainScript.ts';
import { trainingSource } from './training.ts';

/** Bytes that the order of the batches may take. */
const longestOrder = 2 ** 30;

/** Draws what the run of this network would start from, and writes it down; `memoryLimit` in bytes as for the run itself. */
export function exportProject(
  network: CheckedNetwork,
  files: FileContents,
  prepare: typeof prepareRun,
  memoryLimit: number,
): ExportOutcome {
  const prepared = prepare(network, files, { memoryLimit });
  if (!prepared.ok) return prepared;
  const use = { loss: network.train.loss, outputShape: network.outputShape };
  const given = prepareData(network.data, network.input, files, use);
  if (!given.ok) return given;
  const { data } = given;
  const { plannedSteps: steps } = prepared.run;
  const order = orderOf(network, data.trainCount, steps);
  if (order === undefined) return tooLong(network, steps);
  const precision = network.train.precision === 'float64' ? 'F64' : 'F32';
  const weights = prepared.run
    .weights()
    .map(({ name, shape, values }): [string, TensorToStore] => [name, { type: precision, shape, values }]);
  return {
    ok: true,
    files: new Map<string, string | Uint8Array>([
      ['model.py', modelSource(network)],
      ['train.py', trainScript(trainingSource(network, { ...data, steps }))],
      ['gradient_log.py', gradientLogSource],
      ['weights.safetensors', writeSafetensors(new Map(weights))],
      ['data.safetensors', writeSafetensors(new Map([...tensorsOf(network, data, precision), ...order]))],
    ]),
  };
}

/** The samples of all steps, epoch behind epoch; nothing where every step takes all of them. Undefined where they are too many. */
function orderOf(
  { train }: CheckedNetwork,
  samples: number,
  steps: number,
): ReadonlyMap<string, TensorToStore> | undefined {
  if (train.batch === 'all') return new Map();
  const batches = new Batches(samples, train.batch, train.seed);
  if (steps * batches.largest * 4 > longestOrder) return undefined;
  const values = new Int32Array(steps * batches.largest);
  let length = 0;
  for (let step = 0; step < steps; step++) {
    const batch = batches.next();
    values.set(batch, length);
    length += batch.length;
  }
  return new Map([['order', { type: 'I32', shape: [length], values: values.subarray(0, length) }]]);
}

function tooLong(network: CheckedNetwork, steps: number): ExportOutcome {
  const message = `the order of ${network.name}'s samples over ${steps.toLocaleString('en-US')} steps takes more than 1 GiB: export it with fewer steps`;
  return { ok: false, failure: { rule: 'memory-limit', message, line: network.line } };
}

/** Inputs and targets as PyTorch's layers and losses want them, those for training apart from those held out. */
function tensorsOf(
  network: CheckedNetwork,
  data: TrainingData,
  precision: 'F32' | 'F64',
): readonly (readonly [string, TensorToStore])[] {
  const { trainCount, testCount, inputs } = data;
  const samples = trainCount + testCount;
  const { loss } = network.train;
  const plan = planLoss(loss, network.outputShape, data.target);
  // Images of numbers stay channels first, as PyTorch has them and as they came.
  const targets =
    data.target.type === 'values' ? data.targets : encodeTargets(loss, plan, network.outputShape, data);
  const isRow = plan.indices && network.outputShape.length === 1;
  const targetShape = plan.indices ? network.outputShape.slice(0, isRow ? 0 : -1) : network.outputShape;
  const part = (
    name: string,
    type: TensorToStore['type'],
    shape: readonly number[],
    values: Float64Array,
  ): (readonly [string, TensorToStore])[] => {
    const size = values.length / samples;
    const cut = trainCount * size;
    const train = { type, shape: [trainCount, ...shape], values: values.subarray(0, cut) };
    const test = { type, shape: [testCount, ...shape], values: values.subarray(cut) };
    return [[`train.${name}`, train], ...(testCount > 0 ? [[`test.${name}`, test] as const] : [])];
  };
  return [
    ...part(
      'inputs',
      network.input.vocabulary === undefined ? precision : 'I32',
      network.input.shape,
      inputs,
    ),
    ...part('targets', plan.indices ? 'I32' : precision, targetShape, targets),
  ];
}
