/** The end of a step: sums become the recorded quantities, in the order of `recordedQuantities` in `recording.ts`. */
import { address, Context, integer, real } from './context';
import { sumParts } from './statistics';
import { sumsBytes } from './codes';

/** Quantities of a layer in a row of the record. */
const quantities: i32 = 13;

@inline
function blocks(): i32 {
  return (Context.samples + Context.blockSamples - 1) / Context.blockSamples;
}

/** Norm of a batch's tensor a sample, root mean square over the batch; NaN where its sums are not taken. */
function normOverBatch(sums: usize, number: usize): f64 {
  return sums == 0 ? NaN : sqrt(sumParts(sums, blocks(), number) / <f64>Context.samples);
}

/** The same of an error: its sums are of the mean's derivative, a sample's own is as many times that as there are samples. */
function errorOverBatch(sums: usize): f64 {
  return normOverBatch(sums, 2) * <f64>Context.samples;
}

/** The loss to the row's first number. Whole numbers: sums, terms of the mean a sample. */
export function recordLoss(record: usize): void {
  const mean = sumParts(address(record, 0), blocks(), 0) / <f64>(Context.samples * integer(record, 1));
  if (!isFinite(mean)) Context.diverged = true;
  if (Context.record != 0) store<f64>(Context.record, mean);
}

/**
 * One layer. Whole numbers: its place among the recorded layers, sums of its parameters, their parts, number of parameters,
 * padding of parameters, sums of its input, of its pre-activation, of its output, marks of the output, output's features,
 * output's stride, bytes of a number. Numbers: entries of the output a sample, pre-activations a sample that can be saturated
 * (0: none), 1 where units can be dead.
 */
export function recordLayer(record: usize): void {
  const sums = address(record, 1);
  const parts = integer(record, 2);
  const parameters = <f64>integer(record, 3);
  const squares = sumParts(sums, parts, 0);
  if (!isFinite(squares)) Context.diverged = true;
  if (Context.record == 0) return;
  const row = Context.record + 8 * (1 + <usize>(integer(record, 0) * quantities));
  let largest: f64 = 0;
  for (let part = 0; part < parts; part++) largest = max(largest, load<f64>(sums + <usize>part * sumsBytes, 8));
  const parameterNorm = sqrt(sumParts(sums, parts, 4));
  store<f64>(row, sqrt(squares));
  store<f64>(row, largest, 8);
  store<f64>(row, sumParts(sums, parts, 2) / parameters, 16);
  // Padding counts as zero, unless the run has diverged and infinity times zero has reached it.
  store<f64>(row, max(sumParts(sums, parts, 3) - <f64>integer(record, 4), 0) / parameters, 24);
  store<f64>(row, parameterNorm, 32);
  store<f64>(row, parameterNorm > 0 ? sqrt(sumParts(sums, parts, 5)) / parameterNorm : NaN, 40);
  const before = address(record, 6);
  const after = address(record, 7);
  store<f64>(row, errorOverBatch(before), 48);
  store<f64>(row, errorOverBatch(after), 56);
  store<f64>(row, normOverBatch(address(record, 5), 1), 64);
  const entries = real(record, 0) * <f64>Context.samples;
  const mean = sumParts(after, blocks(), 0) / entries;
  const variance = sumParts(after, blocks(), 1) / entries - mean * mean;
  store<f64>(row, mean, 72);
  store<f64>(row, sqrt(variance < 0 ? 0 : variance), 80);
  const saturable = real(record, 1) * <f64>Context.samples;
  store<f64>(row, saturable > 0 ? sumParts(before, blocks(), 3) / saturable : NaN, 88);
  store<f64>(row, real(record, 2) != 0 ? deadShare(record) : NaN, 96);
}

/** Share of the units that have no mark in any block. */
function deadShare(record: usize): f64 {
  const features = integer(record, 9);
  const width = <usize>integer(record, 11);
  const blockBytes = <usize>integer(record, 10) * width;
  const count = blocks();
  let dead = 0;
  for (let feature = 0; feature < features; feature++) {
    let fired = 0;
    for (let block = 0; block < count; block++) {
      fired |= load<i32>(address(record, 8) + <usize>block * blockBytes + <usize>feature * width);
    }
    if (fired == 0) dead++;
  }
  return <f64>dead / <f64>features;
}

/**
 * The norm of the hidden state's error at each time step, as `error` of a whole layer is taken. Whole numbers: sums (blocks x
 * steps), time steps, place in the row.
 */
export function recordTimeErrors(record: usize): void {
  if (Context.record == 0) return;
  const steps = integer(record, 1);
  const samples = <f64>Context.samples;
  for (let step = 0; step < steps; step++) {
    let squares: f64 = 0;
    for (let block = 0; block < blocks(); block++) {
      squares += load<f64>(address(record, 0) + (<usize>(block * steps + step) << 3));
    }
    store<f64>(Context.record + (<usize>(integer(record, 2) + step) << 3), sqrt(squares / samples) * samples);
  }
}
