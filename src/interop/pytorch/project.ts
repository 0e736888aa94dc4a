/**
 * A network as a PyTorch project that trains as vgnet does: `model.py`, `train.py`, `gradient_log.py`, the weights that the
 * run starts from, and its data in the order of its batches. Runs on PyTorch 1.13 and later without any further package.
 */
import { Batches } from '../../engine/batches.ts';
import { prepareData, type TrainingData } from '../../engine/data/prepare.ts';
import { encodeTargets, planLoss } from '../../engine/losses.ts';
import type { prepareRun } from '../../engine/trainer.ts';
import type { CheckedNetwork, Shape } from '../../language/network.ts';
import type { ExportOutcome, FileContents } from '../../protocol/worker.ts';
import { storedAs, tensorsToStore, writeSafetensors, type TensorToStore } from '../safetensors.ts';
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
  const precision = storedAs(network.train.precision);
  return {
    ok: true,
    files: new Map<string, string | Uint8Array>([
      ['model.py', modelSource(network)],
      ['train.py', trainScript(trainingSource(network, { ...data, steps }))],
      ['gradient_log.py', gradientLogSource],
      ['weights.safetensors', writeSafetensors(tensorsToStore(prepared.run.weights(), precision))],
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

/** Images from height x width x channels, as they lie in vgnet, to channels x height x width; other shapes as they are. */
function channelsFirst(values: Float64Array, shape: Shape): Float64Array {
  const [channels, height, width] = shape;
  if (channels === undefined || height === undefined || width === undefined) return values;
  const pixels = height * width;
  return values.map((_, index) => {
    const image = Math.floor(index / (channels * pixels)) * channels * pixels;
    const [channel, pixel] = [Math.floor((index - image) / pixels), index % pixels];
    return values[image + pixel * channels + channel];
  });
}

/** Where an output has an answer each: at its time steps, at the pixels of an image, or there is one in all. */
function placesOf(outputShape: Shape): Shape {
  return outputShape.length === 3 ? outputShape.slice(1) : outputShape.slice(0, -1);
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
  const targetShape = plan.indices ? placesOf(network.outputShape) : network.outputShape;
  // Numbers stay channels first, as PyTorch has them and as they came; labels are spread over the channels pixel by pixel.
  const targets =
    data.target.type === 'values'
      ? data.targets
      : channelsFirst(encodeTargets(loss, plan, network.outputShape, data), targetShape);
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
