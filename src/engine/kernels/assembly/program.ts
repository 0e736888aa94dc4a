/** The loop over steps and operations: one call from outside runs as many steps as the table of steps has. */
import { activation, activationError, saturation, softmax, softmaxError } from './activationLoops';
import * as code from './codes';
import { Context } from './context';
import { gather, multiply, multiplyError, weightGradient } from './dense';
import { loss } from './losses';
import { update } from './optimizers';
import { recordLayer, recordLoss } from './record';
import { clipNorm, errorStatistics, gradientStatistics, valueStatistics } from './statistics';

/**
 * Runs `steps` steps of the program of `operations` operations; returns how many were done, the last of which is the one
 * where the loss or a gradient was not finite.
 */
function run<T>(program: usize, operations: i32, table: usize, steps: i32): i32 {
  const end = program + <usize>operations * code.operationBytes;
  for (let step = 0; step < steps; step++) {
    beginStep(table + <usize>step * code.stepBytes);
    for (let record = program; record < end; record += code.operationBytes) execute<T>(record);
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
  Context.sampleFrom = 0;
  Context.sampleTo = Context.samples;
  Context.clipFactor = 1;
  Context.diverged = false;
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
    default:
      unreachable();
  }
}

/** Sets what does not change between steps: samples of a block, where to pack, whether the program judges or learns. */
export function configure(blockSamples: i32, scratch: usize, evaluating: bool): void {
  Context.blockSamples = blockSamples;
  Context.scratch = scratch;
  Context.evaluating = evaluating;
}

export function run32(program: usize, operations: i32, table: usize, steps: i32): i32 {
  return run<f32>(program, operations, table, steps);
}

export function run64(program: usize, operations: i32, table: usize, steps: i32): i32 {
  return run<f64>(program, operations, table, steps);
}
