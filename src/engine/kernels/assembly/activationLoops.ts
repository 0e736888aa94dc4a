/** Activations over a batch, forward and backward, with the sums that are recorded of them in the same pass. */
import { activationOf, slopeOf } from './activations';
import { address, Context, endRow, integer, real } from './context';
import { sumsBytes } from './codes';
import { addSquares, addValues, constant, countMask, countSum, laneMask, laneSum, lanes, read, write } from './vectors';

/**
 * y = φ(z); sums y and y² and marks the units that are not zero.
 * Whole numbers: z, y, rows a sample, features, stride, kind, sums of z, sums of y, marks. Numbers: the activation's parameter.
 */
export function activation<T>(record: usize): void {
  const z = address(record, 0);
  const y = address(record, 1);
  const rowsPerSample = integer(record, 2);
  const features = integer(record, 3);
  const stride = integer(record, 4);
  const kind = integer(record, 5);
  const sums = address(record, 7);
  const marks = address(record, 8);
  const parameter = real(record, 0);
  const bytes = <usize>stride * sizeof<T>();
  const zero = v128.splat<T>(0);
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const to = min(from + block, Context.sampleTo);
    const rows = (to - from) * rowsPerSample;
    const start = <usize>(from * rowsPerSample) * bytes;
    const index = <usize>(from / block);
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (let column = 0; column < features; column += lanes<T>()) {
      const mask = laneMask<T>(features - column);
      let fired = zero;
      let place = start + <usize>column * sizeof<T>();
      for (let row = 0; row < rows; row++) {
        const value = v128.and(activationOf<T>(kind, v128.load(z + place), parameter), mask);
        v128.store(y + place, value);
        sum = addValues<T>(sum, value);
        squares = addSquares<T>(squares, value);
        fired = v128.or(fired, v128.ne<T>(value, zero));
        place += bytes;
      }
      v128.store(marks + index * bytes + <usize>column * sizeof<T>(), fired);
    }
    store<f64>(sums + index * sumsBytes, laneSum<f64>(sum));
    store<f64>(sums + index * sumsBytes, laneSum<f64>(squares), 8);
  }
  clearPadding<T>(y, rowsPerSample, stride);
}

/**
 * ∂L/∂z = ∂L/∂y · φ′(z), in place or not; sums the squares of both and counts saturated units.
 * Whole numbers as above, then ∂L/∂y, ∂L/∂z. Numbers: the parameter, the slope below which a unit is saturated.
 */
export function activationError<T>(record: usize): void {
  const z = address(record, 0);
  const y = address(record, 1);
  const rowsPerSample = integer(record, 2);
  const features = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const kind = integer(record, 5);
  const sumsBefore = address(record, 6);
  const sumsAfter = address(record, 7);
  const errorAfter = address(record, 9);
  const errorBefore = address(record, 10);
  const parameter = real(record, 0);
  const flat = constant<T>(real(record, 1));
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const to = min(from + block, Context.sampleTo);
    const rows = (to - from) * rowsPerSample;
    const start = <usize>(from * rowsPerSample) * bytes;
    const index = <usize>(from / block);
    let squaresBefore = f64x2.splat(0);
    let squaresAfter = f64x2.splat(0);
    let saturated = v128.splat<T>(0);
    for (let column = 0; column < features; column += lanes<T>()) {
      const mask = laneMask<T>(features - column);
      let place = start + <usize>column * sizeof<T>();
      for (let row = 0; row < rows; row++) {
        const slope = slopeOf<T>(kind, v128.load(z + place), v128.load(y + place), parameter);
        const after = v128.load(errorAfter + place);
        const before = v128.and(v128.mul<T>(after, slope), mask);
        v128.store(errorBefore + place, before);
        squaresAfter = addSquares<T>(squaresAfter, after);
        squaresBefore = addSquares<T>(squaresBefore, before);
        saturated = countMask<T>(saturated, v128.and(v128.lt<T>(v128.abs<T>(slope), flat), mask));
        place += bytes;
      }
    }
    store<f64>(sumsAfter + index * sumsBytes, laneSum<f64>(squaresAfter), 16);
    store<f64>(sumsBefore + index * sumsBytes, laneSum<f64>(squaresBefore), 16);
    store<f64>(sumsBefore + index * sumsBytes, countSum<T>(saturated), 24);
  }
  clearPadding<T>(errorBefore, rowsPerSample, integer(record, 4));
}

/** Counts saturated units alone, for judging: the record is that of `activationError`. */
export function saturation<T>(record: usize): void {
  const z = address(record, 0);
  const y = address(record, 1);
  const rowsPerSample = integer(record, 2);
  const features = integer(record, 3);
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const kind = integer(record, 5);
  const sums = address(record, 6);
  const parameter = real(record, 0);
  const flat = constant<T>(real(record, 1));
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const to = min(from + block, Context.sampleTo);
    let saturated = v128.splat<T>(0);
    for (let row = from * rowsPerSample; row < to * rowsPerSample; row++) {
      for (let column = 0; column < features; column += lanes<T>()) {
        const place = <usize>row * bytes + <usize>column * sizeof<T>();
        const slope = slopeOf<T>(kind, v128.load(z + place), v128.load(y + place), parameter);
        const below = v128.lt<T>(v128.abs<T>(slope), flat);
        saturated = countMask<T>(saturated, v128.and(below, laneMask<T>(features - column)));
      }
    }
    store<f64>(sums + <usize>(from / block) * sumsBytes, countSum<T>(saturated), 24);
  }
}

/** Softmax over each row, in float64. Whole numbers: z, y, rows a sample, features, stride. */
export function softmax<T>(record: usize): void {
  const stride = integer(record, 4);
  const features = integer(record, 3);
  const rowsPerSample = integer(record, 2);
  const bytes = <usize>stride * sizeof<T>();
  const last = Context.sampleTo * rowsPerSample;
  for (let row = Context.sampleFrom * rowsPerSample; row < last; row++) {
    const z = address(record, 0) + <usize>row * bytes;
    const y = address(record, 1) + <usize>row * bytes;
    const end = <usize>features * sizeof<T>();
    let largest = -Infinity;
    for (let place: usize = 0; place < end; place += sizeof<T>()) largest = max(largest, read<T>(z + place));
    let sum: f64 = 0;
    for (let place: usize = 0; place < end; place += sizeof<T>()) sum += NativeMath.exp(read<T>(z + place) - largest);
    for (let place: usize = 0; place < end; place += sizeof<T>()) {
      write<T>(y + place, NativeMath.exp(read<T>(z + place) - largest) / sum);
    }
  }
  clearPadding<T>(address(record, 1), rowsPerSample, stride);
}

/** ∂L/∂zᵢ = yᵢ (∂L/∂yᵢ − Σⱼ yⱼ ∂L/∂yⱼ). Whole numbers: –, y, rows a sample, features, stride, …, 9: ∂L/∂y, 10: ∂L/∂z. */
export function softmaxError<T>(record: usize): void {
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const end = <usize>integer(record, 3) * sizeof<T>();
  const rowsPerSample = integer(record, 2);
  const last = Context.sampleTo * rowsPerSample;
  for (let row = Context.sampleFrom * rowsPerSample; row < last; row++) {
    const y = address(record, 1) + <usize>row * bytes;
    const after = address(record, 9) + <usize>row * bytes;
    const before = address(record, 10) + <usize>row * bytes;
    let sum: f64 = 0;
    for (let place: usize = 0; place < end; place += sizeof<T>()) sum += read<T>(y + place) * read<T>(after + place);
    for (let place: usize = 0; place < end; place += sizeof<T>()) {
      write<T>(before + place, read<T>(y + place) * (read<T>(after + place) - sum));
    }
  }
}

/** Zeros in the rows that only fill the last tile: what is summed over rows must not see them. */
export function clearPadding<T>(matrix: usize, rowsPerSample: i32, stride: i32): void {
  const last = Context.sampleTo * rowsPerSample;
  const padding = endRow(rowsPerSample) - last;
  if (padding == 0) return;
  const bytes = <usize>stride * sizeof<T>();
  memory.fill(matrix + <usize>last * bytes, 0, <usize>padding * bytes);
}
