/** Sums over tensors and gradients that no other pass has taken along. All in float64. */
import { address, Context, endPart, firstPart, integer, real } from './context';
import { sumsBytes } from './codes';
import { shareClipFactor } from './team';
import { addSquares, addValues, countMask, countSum, laneMaximum, laneSum, lanes, largerSize } from './vectors';

/** Sums and squares of a tensor's entries, marks of units that are not zero. Whole numbers: tensor, rows a sample, features, stride, sums, marks. */
export function valueStatistics<T>(record: usize): void {
  const rowsPerSample = integer(record, 1);
  const stride = integer(record, 3);
  const bytes = <usize>stride * sizeof<T>();
  const zero = v128.splat<T>(0);
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const rows = (min(from + block, Context.sampleTo) - from) * rowsPerSample;
    const index = <usize>(from / block);
    const marks = address(record, 5) + index * bytes;
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (let column = 0; column < integer(record, 2); column += lanes<T>()) {
      const offset = <usize>column * sizeof<T>();
      let place = address(record, 0) + <usize>(from * rowsPerSample) * bytes + offset;
      let fired = zero;
      for (let row = 0; row < rows; row++) {
        const value = v128.load(place);
        sum = addValues<T>(sum, value);
        squares = addSquares<T>(squares, value);
        fired = v128.or(fired, v128.ne<T>(value, zero));
        place += bytes;
      }
      v128.store(marks + offset, fired);
    }
    const sums = address(record, 4) + index * sumsBytes;
    store<f64>(sums, laneSum<f64>(sum));
    store<f64>(sums, laneSum<f64>(squares), 8);
  }
}

/** Sum of the squares of a tensor's error. Whole numbers: error, rows a sample, –, stride, sums. */
export function errorStatistics<T>(record: usize): void {
  const rowsPerSample = integer(record, 1);
  const bytes = <usize>integer(record, 3) * sizeof<T>();
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const rows = (min(from + block, Context.sampleTo) - from) * rowsPerSample;
    const start = address(record, 0) + <usize>(from * rowsPerSample) * bytes;
    const end = start + <usize>rows * bytes;
    let squares = f64x2.splat(0);
    for (let place = start; place < end; place += 16) squares = addSquares<T>(squares, v128.load(place));
    const sums = address(record, 4) + <usize>(from / block) * sumsBytes;
    store<f64>(sums, laneSum<f64>(squares), 16);
  }
}

/**
 * Squares, largest, absolute sum and zeros of a layer's gradient, part by part; the padding counts as zeros.
 * Whole numbers: gradient, length, length of a part, parts, sums.
 */
export function gradientStatistics<T>(record: usize): void {
  const partBytes = <usize>integer(record, 2) * sizeof<T>();
  const parts = integer(record, 3);
  const end = address(record, 0) + <usize>integer(record, 1) * sizeof<T>();
  for (let part = firstPart(parts); part < endPart(parts); part++) {
    const from = address(record, 0) + <usize>part * partBytes;
    const to = part == parts - 1 ? end : from + partBytes;
    statisticsOfPart<T>(from, to, address(record, 4) + <usize>part * sumsBytes);
  }
}

/** The same of one part. */
export function statisticsOfPart<T>(from: usize, to: usize, sums: usize): void {
  const zero = v128.splat<T>(0);
  let squares = f64x2.splat(0);
  let absolutes = f64x2.splat(0);
  let zeros = zero;
  let greatest = zero;
  for (let place = from; place < to; place += 16) {
    const gradient = v128.load(place);
    const size = v128.abs<T>(gradient);
    squares = addSquares<T>(squares, size);
    absolutes = addValues<T>(absolutes, size);
    greatest = largerSize<T>(greatest, size);
    zeros = countMask<T>(zeros, v128.eq<T>(gradient, zero));
  }
  storeGradientSums<T>(sums, squares, absolutes, greatest, zeros);
}

/** Writes squares, largest, absolute sum and zeros to a part's sums. */
export function storeGradientSums<T>(sums: usize, squares: v128, absolutes: v128, greatest: v128, zeros: v128): void {
  store<f64>(sums, laneSum<f64>(squares));
  store<f64>(sums, laneMaximum<T>(greatest), 8);
  store<f64>(sums, laneSum<f64>(absolutes), 16);
  store<f64>(sums, countSum<T>(zeros), 24);
}

/**
 * The factor of PyTorch's `clip_grad_norm_`: max / (norm over all layers + 1e-6), at most 1.
 * Whole numbers: layers, address of a table of (sums, parts) pairs. Numbers: max.
 */
export function clipNorm(record: usize): void {
  const layers = integer(record, 0);
  let squares: f64 = 0;
  for (let layer = 0; layer < layers; layer++) {
    const entry = address(record, 1) + (<usize>layer << 3);
    squares += sumParts(<usize>load<u32>(entry), load<i32>(entry, 4), 0);
  }
  const factor = real(record, 0) / (sqrt(squares) + 1e-6);
  // A norm that is not a number must not be hidden by the minimum.
  shareClipFactor(factor < 1 ? factor : factor == factor ? 1 : NaN);
}

/** Sum of one of the numbers in the sums of all parts or blocks, in their order. */
export function sumParts(sums: usize, parts: i32, number: usize): f64 {
  let sum: f64 = 0;
  for (let part = 0; part < parts; part++) sum += load<f64>(sums + <usize>part * sumsBytes + (number << 3));
  return sum;
}
