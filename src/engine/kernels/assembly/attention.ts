/**
 * Scaled dot-product attention (Vaswani et al. 2017, eq. 1) of each head of each sample. Queries, keys and values lie side by
 * side, head by head, each head padded to whole tiles; a sample's are copied so that its time steps are whole tiles too.
 */
import { address, Context, integer, real } from './context';
import { clearPadding } from './padding';
import { asItLies, multiplyRows, multiplyTransposed, transposed } from './products';
import { exponentialOf } from './transcendental';
import { addValues, constant, laneMask, laneMaximum, laneSum } from './vectors';

/**
 * Whole numbers of both kernels: projections [q | k | v], context, weights (samples x heads x steps x steps, padded), heads, stride
 * of a head, time steps, padded steps, whether causal, working space, errors of the projections, error of the context.
 * Numbers: 1 / √(features of a head).
 */
@inline
function headBytes<T>(record: usize): usize {
  return <usize>integer(record, 4) * sizeof<T>();
}

/** Bytes of one padded matrix of a head: steps x its features. */
@inline
function matrixBytes<T>(record: usize): usize {
  return <usize>integer(record, 6) * headBytes<T>(record);
}

/** Bytes of one padded matrix of weights: steps x steps. */
@inline
function weightBytes<T>(record: usize): usize {
  return <usize>(integer(record, 6) * integer(record, 6)) * sizeof<T>();
}

/** This thread's working space: four matrices of a head and one of weights. */
@inline
function ownSpace<T>(record: usize): usize {
  return address(record, 8) + <usize>Context.thread * (4 * matrixBytes<T>(record) + weightBytes<T>(record));
}

@inline
function weightsOf<T>(record: usize, sample: i32, head: i32): usize {
  return address(record, 2) + <usize>(sample * integer(record, 3) + head) * weightBytes<T>(record);
}

/** Copies part 0 … 2 (query, key, value) of a head, from `parts` rows of [q | k | v] or from rows of one part alone. */
function copyIn<T>(record: usize, source: usize, parts: i32, part: i32, sample: i32, head: i32, target: usize): void {
  const bytes = headBytes<T>(record);
  const heads = integer(record, 3);
  const steps = integer(record, 5);
  const rowBytes = <usize>(parts * heads) * bytes;
  let place = source + <usize>(sample * steps) * rowBytes + <usize>(part * heads + head) * bytes;
  for (let step = 0; step < steps; step++) {
    memory.copy(target, place, bytes);
    target += bytes;
    place += rowBytes;
  }
  memory.fill(target, 0, <usize>(integer(record, 6) - steps) * bytes);
}

/** The way back of `copyIn`. */
function copyOut<T>(record: usize, target: usize, parts: i32, part: i32, sample: i32, head: i32, source: usize): void {
  const bytes = headBytes<T>(record);
  const heads = integer(record, 3);
  const steps = integer(record, 5);
  const rowBytes = <usize>(parts * heads) * bytes;
  let place = target + <usize>(sample * steps) * rowBytes + <usize>(part * heads + head) * bytes;
  for (let step = 0; step < steps; step++) {
    memory.copy(place, source, bytes);
    source += bytes;
    place += rowBytes;
  }
}

/** context = softmax(q kᵀ / √d) v. */
export function attend<T>(record: usize): void {
  const stride = integer(record, 4);
  const padded = integer(record, 6);
  const bytes = headBytes<T>(record);
  const rowBytes = <usize>padded * sizeof<T>();
  const q = ownSpace<T>(record);
  const k = q + matrixBytes<T>(record);
  const v = k + matrixBytes<T>(record);
  const context = v + matrixBytes<T>(record);
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    for (let head = 0; head < integer(record, 3); head++) {
      copyIn<T>(record, address(record, 0), 3, 0, sample, head, q);
      copyIn<T>(record, address(record, 0), 3, 1, sample, head, k);
      copyIn<T>(record, address(record, 0), 3, 2, sample, head, v);
      const weights = weightsOf<T>(record, sample, head);
      multiplyRows<T>(q, bytes, k, bytes, transposed, weights, rowBytes, padded, padded, stride, 0, false);
      softmaxOfSteps<T>(record, weights);
      multiplyRows<T>(weights, rowBytes, v, bytes, asItLies, context, bytes, padded, stride, padded, 0, false);
      copyOut<T>(record, address(record, 1), 1, 0, sample, head, context);
    }
  }
  clearPadding<T>(address(record, 1), integer(record, 5), integer(record, 3) * stride);
}

/** Rows of scores become weights; what a step may not see, and the padding, become zero. */
function softmaxOfSteps<T>(record: usize, scores: usize): void {
  const steps = integer(record, 5);
  const rowBytes = <usize>integer(record, 6) * sizeof<T>();
  const scale = constant<T>(real(record, 0));
  const least = constant<T>(-Infinity);
  for (let step = 0; step < steps; step++) {
    const row = scores + <usize>step * rowBytes;
    const seen = integer(record, 7) != 0 ? step + 1 : steps;
    let largest = least;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const mask = laneMask<T>(seen - <i32>(at / sizeof<T>()));
      const score = v128.bitselect(v128.mul<T>(v128.load(row + at), scale), least, mask);
      v128.store(row + at, score);
      largest = v128.max<T>(largest, score);
    }
    const top = constant<T>(laneMaximum<T>(largest));
    let sum = f64x2.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const mask = laneMask<T>(seen - <i32>(at / sizeof<T>()));
      const weight = v128.and(exponentialOf<T>(v128.sub<T>(v128.load(row + at), top)), mask);
      v128.store(row + at, weight);
      sum = addValues<T>(sum, weight);
    }
    const share = constant<T>(1 / laneSum<f64>(sum));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(row + at, v128.mul<T>(v128.load(row + at), share));
    }
  }
  memory.fill(scores + <usize>steps * rowBytes, 0, <usize>(integer(record, 6) - steps) * rowBytes);
}

/** The errors of queries, keys and values from that of the context. */
export function attendError<T>(record: usize): void {
  const stride = integer(record, 4);
  const padded = integer(record, 6);
  const bytes = headBytes<T>(record);
  const rowBytes = <usize>padded * sizeof<T>();
  const matrix = matrixBytes<T>(record);
  const part = ownSpace<T>(record);
  const error = part + matrix;
  const result = error + matrix;
  const scores = result + 2 * matrix;
  for (let sample = Context.sampleFrom; sample < Context.sampleTo; sample++) {
    for (let head = 0; head < integer(record, 3); head++) {
      const weights = weightsOf<T>(record, sample, head);
      copyIn<T>(record, address(record, 10), 1, 0, sample, head, error);
      multiplyTransposed<T>(weights, rowBytes, error, bytes, result, bytes, padded, stride, padded, false);
      copyOut<T>(record, address(record, 9), 3, 2, sample, head, result);
      copyIn<T>(record, address(record, 0), 3, 2, sample, head, part);
      multiplyRows<T>(error, bytes, part, bytes, transposed, scores, rowBytes, padded, padded, stride, 0, false);
      scoreErrors<T>(record, weights, scores);
      copyIn<T>(record, address(record, 0), 3, 1, sample, head, part);
      multiplyRows<T>(scores, rowBytes, part, bytes, asItLies, result, bytes, padded, stride, padded, 0, false);
      copyOut<T>(record, address(record, 9), 3, 0, sample, head, result);
      copyIn<T>(record, address(record, 0), 3, 0, sample, head, part);
      multiplyTransposed<T>(scores, rowBytes, part, bytes, result, bytes, padded, stride, padded, false);
      copyOut<T>(record, address(record, 9), 3, 1, sample, head, result);
    }
  }
  clearPadding<T>(address(record, 9), integer(record, 5), 3 * integer(record, 3) * stride);
}

/** Through the softmax, in place: wᵢ (eᵢ − Σⱼ wⱼ eⱼ) / √d. */
function scoreErrors<T>(record: usize, weights: usize, errors: usize): void {
  const padded = integer(record, 6);
  const rowBytes = <usize>padded * sizeof<T>();
  const scale = constant<T>(real(record, 0));
  for (let step = 0; step < padded; step++) {
    const row = <usize>step * rowBytes;
    let sum = f64x2.splat(0);
    for (let at = row; at < row + rowBytes; at += 16) {
      sum = addValues<T>(sum, v128.mul<T>(v128.load(weights + at), v128.load(errors + at)));
    }
    const mean = constant<T>(laneSum<f64>(sum));
    for (let at = row; at < row + rowBytes; at += 16) {
      const rest = v128.sub<T>(v128.load(errors + at), mean);
      v128.store(errors + at, v128.mul<T>(v128.mul<T>(v128.load(weights + at), rest), scale));
    }
  }
}
