/**
 * PyTorch's recurrent cells over a batch of sequences. Rows are (sample, time step); gates lie side by side, each padded like
 * the hidden state, in PyTorch's order: LSTM input, forget, cell, output; GRU reset, update, new.
 *
 * All steps' input parts are one product; then each step is one product of the whole batch with the recurrent weights.
 */
import { clearPadding } from './padding';
import { gatedCell, gatedError, longShortTermCell, longShortTermError, plainCell, plainError } from './cells';
import { address, Context, firstRow, endRow, integer } from './context';
import { sumsBytes } from './codes';
import { sumColumns } from './dense';
import { multiplyRows, multiplyTransposed, packingFor } from './products';
import { addSquares, laneSum } from './vectors';

const plain: i32 = 0;
const longShortTerm: i32 = 1;
// Otherwise gated (GRU).

/** This thread's samples, up to whole tiles. */
@inline
function samplesInTiles(): i32 {
  return (Context.sampleTo - Context.sampleFrom + 3) & ~3;
}

/**
 * Whole numbers: x, its stride, input weights, recurrent weights, input biases, recurrent biases, gates, hidden states, time
 * steps, their stride, gates of a cell, cell, activation, cell states (LSTM: state and its tanh side by side) or recurrent parts
 * (GRU), last hidden state or 0, space for a row of biases. Numbers: the activation's parameter.
 */
export function recurrent<T>(record: usize): void {
  const steps = integer(record, 8);
  const stride = integer(record, 9);
  const cell = integer(record, 11);
  const gateStride = stride * integer(record, 10);
  const bytes = <usize>stride * sizeof<T>();
  const gateBytes = <usize>gateStride * sizeof<T>();
  const xBytes = <usize>integer(record, 1) * sizeof<T>();
  const gates = address(record, 6);
  const hidden = address(record, 7);
  const first = firstRow(steps);
  const rows = endRow(steps) - first;
  multiplyRows<T>(
    address(record, 0) + <usize>first * xBytes,
    xBytes,
    address(record, 2),
    gateBytes,
    packingFor(rows),
    gates + <usize>first * gateBytes,
    gateBytes,
    rows,
    gateStride,
    integer(record, 1),
    inputBias<T>(record, gateBytes),
    false,
  );
  const samples = samplesInTiles();
  const aside = cell == plain || cell == longShortTerm ? gates : address(record, 13);
  for (let step = 0; step < steps; step++) {
    const row = <usize>(first + step);
    if (step > 0) {
      multiplyRows<T>(
        hidden + (row - 1) * bytes,
        bytes * <usize>steps,
        address(record, 3),
        gateBytes,
        packingFor(samples),
        aside + row * gateBytes,
        gateBytes * <usize>steps,
        samples,
        gateStride,
        stride,
        aside == gates ? 0 : address(record, 5),
        aside == gates,
      );
    }
    for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
      const place = <usize>(sample * steps + step);
      if (cell == plain) plainCell<T>(record, place, bytes);
      else if (cell == longShortTerm) longShortTermCell<T>(record, place, bytes, step == 0);
      else gatedCell<T>(record, place, bytes, step == 0);
    }
  }
  clearSamples(hidden, bytes * <usize>steps);
  if (address(record, 14) == 0) return;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    const last = hidden + <usize>(sample * steps + steps - 1) * bytes;
    memory.copy(address(record, 14) + <usize>sample * bytes, last, bytes);
  }
  clearPadding<T>(address(record, 14), 1, stride);
}

/** Both biases together, but for the GRU, whose recurrent one stays inside the reset gate's brackets. */
function inputBias<T>(record: usize, gateBytes: usize): usize {
  if (integer(record, 11) > longShortTerm) return address(record, 4);
  const sum = address(record, 15);
  for (let at: usize = 0; at < gateBytes; at += 16) {
    v128.store(sum + at, v128.add<T>(v128.load(address(record, 4) + at), v128.load(address(record, 5) + at)));
  }
  return sum;
}

/** Zeros for the samples that only fill the last tile. */
function clearSamples(matrix: usize, sampleBytes: usize): void {
  const padding = ((Context.sampleTo + 3) & ~3) - Context.sampleTo;
  memory.fill(matrix + <usize>Context.sampleTo * sampleBytes, 0, <usize>padding * sampleBytes);
}

/** Wᵀ for the way back. Whole numbers: W, rows, columns, Wᵀ. */
export function transposeWeights<T>(record: usize): void {
  const rows = integer(record, 1);
  const columns = integer(record, 2);
  const from = (columns * Context.thread) / Context.threads;
  const to = (columns * (Context.thread + 1)) / Context.threads;
  for (let column = from; column < to; column++) {
    for (let row = 0; row < rows; row++) {
      const value = load<T>(address(record, 0) + <usize>(row * columns + column) * sizeof<T>());
      store<T>(address(record, 3) + <usize>(column * rows + row) * sizeof<T>(), value);
    }
  }
}

/**
 * The errors of all gates, from the last step to the first; sums the squares of the hidden state's error at each step.
 * Whole numbers: transposed recurrent weights, gates, hidden states, cell states or recurrent parts, gate errors, those as the
 * recurrent side sees them, error of what the layer yields, its rows a sample, time steps, their stride, gates of a cell, cell,
 * activation, sums (blocks x steps), hidden error, cell error, sums of the gates, units. Numbers: the activation's parameter,
 * the slope below which a unit is saturated.
 */
export function recurrentError<T>(record: usize): void {
  const steps = integer(record, 8);
  const stride = integer(record, 9);
  const cell = integer(record, 11);
  const gateStride = stride * integer(record, 10);
  const bytes = <usize>stride * sizeof<T>();
  const gateBytes = <usize>gateStride * sizeof<T>();
  const first = firstRow(steps);
  const samples = samplesInTiles();
  const start = <usize>Context.sampleFrom * bytes;
  const errors = address(record, 14) + start;
  memory.fill(errors, 0, <usize>samples * bytes);
  if (cell == longShortTerm) memory.fill(address(record, 15) + start, 0, <usize>samples * bytes);
  if (cell == plain) clearSaturation(record);
  for (let step = steps - 1; step >= 0; step--) {
    const row = <usize>(first + step);
    if (step < steps - 1) {
      multiplyRows<T>(
        address(record, 5) + (row + 1) * gateBytes,
        gateBytes * <usize>steps,
        address(record, 0),
        bytes,
        packingFor(samples),
        errors,
        bytes,
        samples,
        stride,
        gateStride,
        0,
        // What the GRU's update gate hands on is there already.
        cell > longShortTerm,
      );
    }
    takeDirectErrors<T>(record, step, bytes);
    for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
      const place = <usize>(sample * steps + step);
      if (cell == plain) {
        const sums = address(record, 16) + <usize>(sample / Context.blockSamples) * sumsBytes;
        store<f64>(sums, load<f64>(sums, 24) + plainError<T>(record, <usize>sample, place, bytes), 24);
      }
      else if (cell == longShortTerm) longShortTermError<T>(record, <usize>sample, place, bytes, step == 0);
      else gatedError<T>(record, <usize>sample, place, bytes, step == 0);
    }
  }
  clearSamples(address(record, 4), gateBytes * <usize>steps);
  clearSamples(address(record, 5), gateBytes * <usize>steps);
}

/** No unit was counted as saturated yet. */
function clearSaturation(record: usize): void {
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    store<f64>(address(record, 16) + <usize>(from / block) * sumsBytes, 0, 24);
  }
}

/** Adds what comes from the layer's own output at this step, and sums the squares block by block. */
function takeDirectErrors<T>(record: usize, step: i32, bytes: usize): void {
  const steps = integer(record, 8);
  const rows = integer(record, 7);
  const block = Context.blockSamples;
  const direct = rows == steps || step == steps - 1;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    let squares = f64x2.splat(0);
    for (let sample = from; sample < min(from + block, Context.sampleTo); sample++) {
      const error = address(record, 14) + <usize>sample * bytes;
      const row = rows == steps ? sample * steps + step : sample;
      const own = address(record, 6) + <usize>row * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        let sum = v128.load(error + at);
        if (direct) sum = v128.add<T>(sum, v128.load(own + at));
        v128.store(error + at, sum);
        squares = addSquares<T>(squares, sum);
      }
    }
    const place = <usize>((from / block) * steps + step) << 3;
    store<f64>(address(record, 13) + place, laneSum<f64>(squares));
  }
}

/**
 * Gradients of the recurrent weights and their biases: Σ over steps h₋₁ᵀ ∂L/∂gates. Whole numbers: hidden states, gate errors,
 * ∂L/∂W, ∂L/∂b, time steps, stride of a state, stride of the gates.
 */
export function recurrentGradient<T>(record: usize): void {
  const steps = integer(record, 4);
  const stride = integer(record, 5);
  const bytes = <usize>stride * sizeof<T>();
  const gateBytes = <usize>integer(record, 6) * sizeof<T>();
  const samples = (Context.samples + 3) & ~3;
  const tiles = stride >> 2;
  const from = ((tiles * Context.thread) / Context.threads) << 2;
  const to = ((tiles * (Context.thread + 1)) / Context.threads) << 2;
  const target = address(record, 2) + <usize>from * gateBytes;
  if (steps == 1) memory.fill(target, 0, <usize>(to - from) * gateBytes);
  for (let step = 1; step < steps; step++) {
    multiplyTransposed<T>(
      address(record, 0) + <usize>(step - 1) * bytes + <usize>from * sizeof<T>(),
      bytes * <usize>steps,
      address(record, 1) + <usize>step * gateBytes,
      gateBytes * <usize>steps,
      target,
      gateBytes,
      to - from,
      integer(record, 6),
      samples,
      step > 1,
    );
  }
  if (Context.thread == Context.threads - 1) {
    const rows = (Context.samples * steps + 3) & ~3;
    sumColumns<T>(address(record, 1), gateBytes, address(record, 3), integer(record, 6), rows);
  }
}
