/** The loop over steps and operations: one call from outside runs as many steps as the table of steps has. */
import { activation, activationError, saturation } from './activationLoops';
import { attend, attendError } from './attention';
import * as code from './codes';
import { Context } from './context';
import { convolve, convolveError } from './convolution';
import { addBlocks, convolutionGradient } from './convolutionGradient';
import { gather, multiply, multiplyError, weightGradient } from './dense';
import { dropoutMask, multiplyEntries } from './dropout';
import { addValuesOf, copyColumns, passError } from './elementwise';
import { flatten, unflatten } from './flatten';
import { loss } from './losses';
import {
  batchNormalise,
  batchNormaliseError,
  rowNormalise,
  rowNormaliseError,
  rowNormaliseGradient,
} from './normalisation';
import { update } from './optimizers';
import {
  averagePool,
  averagePoolError,
  globalPool,
  globalPoolError,
  maximumPool,
  maximumPoolError,
} from './pooling';
import { recordLayer, recordLoss, recordTimeErrors } from './record';
import { recurrent, recurrentError, recurrentGradient, transposeWeights } from './recurrent';
import { addPositions, embed, embedGradient, positionGradient } from './sequence';
import { softmax, softmaxError } from './softmax';
import {
  barrier,
  jobArgument,
  jobWidth,
  join,
  lead,
  shareDivergence,
  takeClipFactor,
  takeDivergence,
  waitForJob,
} from './team';
import { clipNorm, errorStatistics, gradientStatistics, valueStatistics } from './statistics';

/**
 * Runs `steps` steps of the program of `operations` operations; returns how many were done, the last of which is the one
 * where the loss or a gradient was not finite.
 */
function run<T>(program: usize, operations: i32, table: usize, steps: i32): i32 {
  const end = program + <usize>operations * code.operationBytes;
  for (let step = 0; step < steps; step++) {
    beginStep(table + <usize>step * code.stepBytes);
    let phase = load<i32>(program, 4);
    for (let record = program; record < end; record += code.operationBytes) {
      const next = load<i32>(record, 4);
      if (next != phase || (next == code.phaseProduct && record != program)) {
        if (phase == code.phaseSingle && Context.thread == 0) shareDivergence();
        barrier();
        if (phase == code.phaseSingle) takeClipFactor();
        phase = next;
      }
      if (phase != code.phaseSingle || Context.thread == 0) execute<T>(record);
    }
    if (Context.thread == 0) shareDivergence();
    barrier();
    takeDivergence();
    if (Context.diverged) return step + 1;
  }
  return steps;
}

function beginStep(entry: usize): void {
  Context.samples = load<i32>(entry);
  Context.record = <usize>load<u32>(entry, 4);
  Context.order = <usize>load<u32>(entry, 8);
  Context.step = load<f64>(entry, 16);
  Context.learningRate = load<f64>(entry, 24);
  Context.correction1 = load<f64>(entry, 32);
  Context.correction2 = load<f64>(entry, 40);
  takeSamples();
  Context.clipFactor = 1;
  Context.diverged = false;
}

/** This thread's whole blocks of the batch; no samples at all where there are fewer blocks than threads. */
function takeSamples(): void {
  const size = Context.blockSamples;
  const blocks = (Context.samples + size - 1) / size;
  const from = (blocks * Context.thread) / Context.threads;
  const to = (blocks * (Context.thread + 1)) / Context.threads;
  Context.sampleFrom = from == to ? 0 : from * size;
  Context.sampleTo = from == to ? 0 : min(to * size, Context.samples);
}

function execute<T>(record: usize): void {
  switch (load<i32>(record)) {
    case code.codeGather:
      return gather<T>(record);
    case code.codeMultiply:
      return multiply<T>(record);
    case code.codeMultiplyError:
      return multiplyError<T>(record);
    case code.codeWeightGradient:
      return weightGradient<T>(record);
    case code.codeActivation:
      return activation<T>(record);
    case code.codeActivationError:
      return activationError<T>(record);
    case code.codeSaturation:
      return saturation<T>(record);
    case code.codeSoftmax:
      return softmax<T>(record);
    case code.codeSoftmaxError:
      return softmaxError<T>(record);
    case code.codeLoss:
      return loss<T>(record);
    case code.codeValueStatistics:
      return valueStatistics<T>(record);
    case code.codeErrorStatistics:
      return errorStatistics<T>(record);
    case code.codeGradientStatistics:
      return gradientStatistics<T>(record);
    case code.codeClipNorm:
      return clipNorm(record);
    case code.codeUpdate:
      return update<T>(record);
    case code.codeRecordLayer:
      return recordLayer(record);
    case code.codeRecordLoss:
      return recordLoss(record);
    case code.codeAddValues:
      return addValuesOf<T>(record);
    case code.codePassError:
      return passError<T>(record);
    case code.codeCopyColumns:
      return copyColumns<T>(record);
    case code.codeFlatten:
      return flatten<T>(record);
    case code.codeUnflatten:
      return unflatten<T>(record);
    case code.codeDropoutMask:
      return dropoutMask<T>(record);
    case code.codeMultiplyEntries:
      return multiplyEntries<T>(record);
    case code.codeBatchNormalise:
      return batchNormalise<T>(record);
    case code.codeBatchNormaliseError:
      return batchNormaliseError<T>(record);
    case code.codeRowNormalise:
      return rowNormalise<T>(record);
    case code.codeRowNormaliseError:
      return rowNormaliseError<T>(record);
    case code.codeRowNormaliseGradient:
      return rowNormaliseGradient<T>(record);
    case code.codeMaximumPool:
      return maximumPool<T>(record);
    case code.codeMaximumPoolError:
      return maximumPoolError<T>(record);
    case code.codeAveragePool:
      return averagePool<T>(record);
    case code.codeAveragePoolError:
      return averagePoolError<T>(record);
    case code.codeGlobalPool:
      return globalPool<T>(record);
    case code.codeGlobalPoolError:
      return globalPoolError<T>(record);
    case code.codeConvolve:
      return convolve<T>(record);
    case code.codeConvolveError:
      return convolveError<T>(record);
    case code.codeConvolutionGradient:
      return convolutionGradient<T>(record);
    case code.codeAddBlocks:
      return addBlocks<T>(record);
    case code.codeRecurrent:
      return recurrent<T>(record);
    case code.codeRecurrentError:
      return recurrentError<T>(record);
    case code.codeRecurrentGradient:
      return recurrentGradient<T>(record);
    case code.codeTransposeWeights:
      return transposeWeights<T>(record);
    case code.codeEmbed:
      return embed<T>(record);
    case code.codeEmbedGradient:
      return embedGradient<T>(record);
    case code.codeAddPositions:
      return addPositions<T>(record);
    case code.codePositionGradient:
      return positionGradient<T>(record);
    case code.codeAttend:
      return attend<T>(record);
    case code.codeAttendError:
      return attendError<T>(record);
    case code.codeRecordTimeErrors:
      return recordTimeErrors(record);
    default:
      unreachable();
  }
}

/** Sets what does not change between steps: samples of a block, where each thread packs, whether the program judges or learns. */
export function configure(blockSamples: i32, scratch: usize, scratchBytes: usize, evaluating: bool): void {
  Context.blockSamples = blockSamples;
  Context.scratch = scratch;
  Context.scratchBytes = scratchBytes;
  Context.evaluating = evaluating;
}

/** Runs steps in float32, with `threads` − 1 helpers at the control block. */
export function run32(program: usize, operations: i32, table: usize, steps: i32, control: usize, threads: i32): i32 {
  lead(control, threads, 4, program, operations, table, steps);
  return run<f32>(program, operations, table, steps);
}

/** The same in float64. */
export function run64(program: usize, operations: i32, table: usize, steps: i32, control: usize, threads: i32): i32 {
  lead(control, threads, 8, program, operations, table, steps);
  return run<f64>(program, operations, table, steps);
}

/** Helps with one job after the other until one has no operations. */
export function help(control: usize, thread: i32): void {
  let job = join(control, thread);
  for (;;) {
    waitForJob(job);
    job++;
    const operations = jobArgument(1);
    if (operations == 0) return;
    if (thread >= Context.threads) continue;
    const program = <usize>(<u32>jobArgument(0));
    const table = <usize>(<u32>jobArgument(2));
    if (jobWidth() == 4) run<f32>(program, operations, table, jobArgument(3));
    else run<f64>(program, operations, table, jobArgument(3));
  }
}

/** Sends the helpers of a control block home. */
export function dismiss(control: usize): void {
  lead(control, 2, 4, 0, 0, 0, 0);
  Context.threads = 1;
}
