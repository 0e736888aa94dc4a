/** From a checked network to a plan: the operations of a step and of a judgement, over one arena of memory. */
import type { CheckedNetwork, Layer, Target } from '../language/network.ts';
import {
  codeClipNorm,
  codeGather,
  codeGradientStatistics,
  codeRecordLayer,
  codeRecordLoss,
  codeRecordTimeErrors,
  phaseRows,
  phaseSingle,
  phaseUpdate,
  sumsBytes,
} from './kernels/assembly/codes.ts';
import { lossOperation, planLoss, targetSize, type LossPlan } from './losses.ts';
import { planActivationLayer } from './operations/activation.ts';
import { planAttention } from './operations/attention.ts';
import { planConvolution } from './operations/convolution.ts';
import { planDense } from './operations/dense.ts';
import { planDropout } from './operations/dropout.ts';
import { planFlatten } from './operations/flatten.ts';
import { planAdd, planConcat, planProjectedResidual } from './operations/joins.ts';
import type { LayerInputs, PlannedLayer } from './operations/layer.ts';
import { planBatchNorm, planRowNorm } from './operations/normalisation.ts';
import { planGlobalPool, planPooling } from './operations/pooling.ts';
import { planRecurrent } from './operations/recurrent.ts';
import { planEmbedding, planPosition } from './operations/sequence.ts';
import { planUpdate } from './optimizers.ts';
import { Plan, type RecordedPlan } from './plan.ts';
import type { ParameterBlock } from './parameters.ts';
import type { Operation } from './program.ts';
import { recordedQuantities } from './recording.ts';
import { featurePadding, matrixOf, type Tensor } from './tensor.ts';

/** Everything that a run needs to know before its memory exists. */
export interface Graph {
  readonly plan: Plan;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly loss: LossPlan;
  /** Addresses of the samples (features without padding, channels last), of the targets, and of the losses' sums. */
  readonly data: number;
  readonly targets: number;
  readonly lossSums: number;
  /** Recorded layers from input to output. */
  readonly recorded: readonly RecordedPlan[];
  /** Forward, backward, update, record. */
  readonly learning: readonly Operation[];
  /** Forward and the sums that judging a data set needs. */
  readonly judging: readonly Operation[];
  /** Float64 numbers of a step's row in the record: loss, layers x quantities, time steps. */
  readonly recordLength: number;
}

/** How large the data is. */
export interface Counts {
  readonly samples: number;
  /** Most samples of a batch. */
  readonly batch: number;
  /** Threads that may share a step. */
  readonly threads?: number;
}

/** Plans the run. Nothing is allocated yet but the plan itself. */
export function buildGraph(
  network: CheckedNetwork,
  target: Target,
  { samples, batch, threads = 1 }: Counts,
): Graph {
  const { train } = network;
  const plan = new Plan(train, batch, threads);
  const loss = planLoss(train.loss, network.outputShape, target);
  const inputMatrix = matrixOf(network.input.shape);
  const data = plan.arena.allocate(samples * inputMatrix.rows * inputMatrix.features * plan.width);
  const targets = plan.arena.allocate(
    samples * targetSize(loss, network.outputShape) * (loss.indices ? 4 : plan.width),
  );
  const input = planInput(network, plan, data);
  const planned = planLayers(network, input, plan);
  const output = planned.at(-1)?.output ?? input;
  plan.sumValues(output);
  const lossSums = plan.arena.allocate(8 * sumsBytes);
  const lossStep = lossOperation(loss, output, targets, lossSums);
  plan.addsToError(output);
  for (const layer of planned.toReversed()) layer.backward();
  const recorded = [...plan.recorded].sort(([a], [b]) => a - b).map(([, layer]) => layer);
  const timeErrors = recordTimes(recorded);
  return {
    plan,
    input,
    output,
    loss,
    data,
    targets,
    lossSums,
    recorded,
    learning: [
      ...plan.forward,
      lossStep,
      ...plan.backward,
      ...gradientsAndUpdates(network, plan),
      { code: codeRecordLoss, phase: phaseSingle, integers: [lossSums, loss.terms] },
      ...recorded.map((layer, place) => recordOperation(layer, place, plan)),
      ...timeErrors.operations,
    ],
    judging: [...plan.forward, ...plan.judging, lossStep],
    recordLength: timeErrors.end,
  };
}

/**
 * The batch's samples, gathered from the data set. An image that only convolutions take lies without padding between its
 * pixels: a line of a window is then one piece, and a single channel does not become eight.
 */
function planInput(network: CheckedNetwork, plan: Plan, data: number): Tensor {
  const { shape } = network.input;
  const { rows, features } = matrixOf(shape);
  const size = rows * features;
  const takers = network.layers.filter((layer) => layer.inputs.includes(-1));
  const compact =
    shape.length === 3 && size % featurePadding === 0 && takers.every(({ kind }) => kind === 'conv');
  const input = plan.tensor(compact ? [size] : shape, false);
  plan.forward.push({
    code: codeGather,
    phase: phaseRows,
    integers: [data, input.value, input.rows, input.features, input.stride],
  });
  if (!compact) return input;
  plan.sumValues(input);
  const pixels = { ...input, rows, features, stride: features };
  plan.valuesAreSummed(pixels);
  return pixels;
}

function planLayers(network: CheckedNetwork, input: Tensor, plan: Plan): readonly PlannedLayer[] {
  const consumers = countConsumers(network);
  const planned: PlannedLayer[] = [];
  for (const layer of network.layers) {
    const tensors = layer.inputs.map((index) => (index < 0 ? input : planned[index].output));
    const [first, ...others] = tensors;
    if (first === undefined) throw new Error(`${layer.name} takes no input`);
    const exclusive = layer.inputs.map((index) => index >= 0 && consumers[index] === 1);
    planned.push(planLayer(layer, { tensors: [first, ...others], exclusive }, plan));
  }
  return planned;
}

/** How many layers take each layer's output; the loss takes the last one's. */
function countConsumers({ layers }: CheckedNetwork): readonly number[] {
  const counts = layers.map((_, index) => Number(index === layers.length - 1));
  for (const index of layers.flatMap((layer) => layer.inputs)) {
    if (index >= 0) counts[index] += 1;
  }
  return counts;
}

function planLayer(layer: Layer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  switch (layer.kind) {
    case 'dense':
      return planDense(layer, inputs, plan);
    case 'conv':
      return planConvolution(layer, inputs, plan);
    case 'maxpool':
    case 'avgpool':
      return planPooling(layer, inputs, plan);
    case 'globalpool':
      return planGlobalPool(layer, inputs, plan);
    case 'flatten':
      return planFlatten(layer, inputs, plan);
    case 'activation':
      return planActivationLayer(layer, inputs, plan);
    case 'dropout':
      return planDropout(layer, inputs, plan);
    case 'batchnorm':
      return planBatchNorm(layer, inputs, plan);
    case 'layernorm':
    case 'rmsnorm':
      return planRowNorm(layer, inputs, plan);
    case 'rnn':
    case 'lstm':
    case 'gru':
      return planRecurrent(layer, inputs, plan);
    case 'embedding':
      return planEmbedding(layer, inputs, plan);
    case 'position':
      return planPosition(layer, inputs, plan);
    case 'attention':
      return planAttention(layer, inputs, plan);
    case 'add':
      return planAdd(layer, inputs, plan);
    case 'concat':
      return planConcat(layer, inputs, plan);
    case 'residual':
      return layer.project ? planProjectedResidual(layer, inputs, plan) : planAdd(layer, inputs, plan);
    default:
      return layer satisfies never;
  }
}

/**
 * Gradients and updates. Clipping by norm needs every layer's gradient before the first update; otherwise, where a thread
 * updates just the rows whose gradient it has computed, it does so at once, while they are in its cache.
 */
function gradientsAndUpdates({ train }: CheckedNetwork, plan: Plan): readonly Operation[] {
  const { gradients, completed } = plan;
  const { clip, optimizer } = train;
  const bound = clip?.by === 'value' ? clip.max : 0;
  if (clip?.by !== 'norm') {
    const update = (block: ParameterBlock): Operation => planUpdate(optimizer, block, bound, false);
    const atOnce = new Set(completed.values());
    return [
      ...gradients.flatMap((operation) => {
        const block = completed.get(operation);
        return block === undefined ? operation : [operation, { ...update(block), phase: operation.phase }];
      }),
      ...plan.blocks.filter((block) => !atOnce.has(block)).map(update),
    ];
  }
  const sums = plan.blocks.map((block) => ({
    code: codeGradientStatistics,
    phase: phaseUpdate,
    integers: [block.gradient, block.length, block.partLength, block.parts, block.sums],
  }));
  const update = plan.blocks.map((block) => planUpdate(optimizer, block, bound, true));
  return [...gradients, ...sums, ...clipOperations(plan, clip.max), ...update];
}

function clipOperations(plan: Plan, max: number): readonly Operation[] {
  const table = plan.table(plan.blocks.flatMap((block) => [block.sums, block.parts]));
  return [{ code: codeClipNorm, phase: phaseSingle, integers: [plan.blocks.length, table], reals: [max] }];
}

/** What records the time steps of the recurrent layers, behind all layers' quantities, and where that ends. */
function recordTimes(recorded: readonly RecordedPlan[]): { operations: readonly Operation[]; end: number } {
  let end = 1 + recorded.length * recordedQuantities.length;
  const operations: Operation[] = [];
  for (const { time } of recorded) {
    if (time === undefined) continue;
    operations.push({
      code: codeRecordTimeErrors,
      phase: phaseSingle,
      integers: [time.sums, time.steps, end],
    });
    end += time.steps;
  }
  return { operations, end };
}

function recordOperation(layer: RecordedPlan, place: number, plan: Plan): Operation {
  const { block, input, before, after } = layer;
  const parameters = block.tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const entries = ({ rows, features }: Tensor): number => rows * features;
  return {
    code: codeRecordLayer,
    phase: phaseSingle,
    integers: [
      place,
      block.sums,
      block.parts,
      parameters,
      block.length - parameters,
      input?.sums ?? 0,
      before.sums,
      after.sums,
      after.marks,
      after.features,
      after.stride,
      plan.width,
    ],
    reals: [entries(after), layer.saturable ? entries(before) : 0, Number(layer.mortal)],
  };
}
