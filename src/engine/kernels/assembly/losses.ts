/**
 * Losses and their derivatives, computed in float64 whatever the precision of the network: the last layer is small. Each is
 * PyTorch's mean: over all entries, or over rows for cross entropy and hinge.
 */
import { address, Context, integer } from './context';
import { clearPadding } from './padding';
import { sumsBytes } from './codes';
import { read, write } from './vectors';

// Places in `lossNames` of `losses.ts`.
const meanSquare: i32 = 0;
const meanAbsolute: i32 = 1;
const huber: i32 = 2;
const binary: i32 = 3;
const binaryWithLogits: i32 = 4;
const crossEntropy: i32 = 5;
const hinge: i32 = 6;
const hingeOfClasses: i32 = 7;

/** PyTorch's 1e-12 below p (1 − p) is a float32 number in every precision; its rounding, 4e-9, shows where an answer is certain. */
const leastVariance: f64 = <f64>(<f32>1e-12);

/**
 * Sums each block's losses and right answers; writes the derivative of the mean.
 * Whole numbers: output, ∂L/∂output, targets, rows a sample, features, stride, kind, whether targets are class indices, sums.
 * An answer is right where the largest entry is the target's, or, of a single entry, where it is on the target's side of
 * whole number `9`: of 0 (logits) or, for 1, of one half.
 */
export function loss<T>(record: usize): void {
  const rowsPerSample = integer(record, 3);
  const features = integer(record, 4);
  const bytes = <usize>integer(record, 5) * sizeof<T>();
  const kind = integer(record, 6);
  const classes = integer(record, 7) != 0;
  const sums = address(record, 8);
  const middle: f64 = integer(record, 9) != 0 ? 0.5 : 0;
  const perRow = kind == crossEntropy || kind == hingeOfClasses;
  const scale = 1.0 / <f64>(Context.samples * rowsPerSample * (perRow ? 1 : features));
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const to = min(from + block, Context.sampleTo);
    let sum: f64 = 0;
    let right: f64 = 0;
    for (let sample = from; sample < to; sample++) {
      const chosen = <usize>load<i32>(Context.order + (<usize>sample << 2));
      for (let row = 0; row < rowsPerSample; row++) {
        const place = <usize>(sample * rowsPerSample + row) * bytes;
        const output = address(record, 0) + place;
        const error = address(record, 1) + place;
        const index = chosen * <usize>rowsPerSample + <usize>row;
        if (perRow) {
          const target = load<i32>(address(record, 2) + (index << 2));
          sum +=
            kind == crossEntropy
              ? crossEntropyOfRow<T>(output, error, features, target, scale)
              : hingeOfRow<T>(output, error, features, target, scale);
          if (largest<T>(output, features) == target) right += 1;
          continue;
        }
        const targets = address(record, 2) + index * <usize>features * sizeof<T>();
        for (let column = 0; column < features; column++) {
          const at = <usize>column * sizeof<T>();
          sum += entryLoss<T>(kind, read<T>(output + at), read<T>(targets + at), error + at, scale);
        }
        if (!classes) continue;
        if (features > 1) right += largest<T>(output, features) == largest<T>(targets, features) ? 1 : 0;
        else right += read<T>(output) > middle == read<T>(targets) > 0.5 * <f64>(kind != hinge) ? 1 : 0;
      }
    }
    store<f64>(sums + <usize>(from / block) * sumsBytes, sum);
    store<f64>(sums + <usize>(from / block) * sumsBytes, right, 8);
  }
  clearPadding<T>(address(record, 1), rowsPerSample, integer(record, 5));
}

/** Place of the first largest entry of a row. */
function largest<T>(row: usize, features: i32): i32 {
  let best = 0;
  for (let column = 1; column < features; column++) {
    if (load<T>(row + <usize>column * sizeof<T>()) > load<T>(row + <usize>best * sizeof<T>())) best = column;
  }
  return best;
}

/** −ln softmax(output)[target], and its derivative softmax − one-hot. */
function crossEntropyOfRow<T>(output: usize, error: usize, features: i32, target: i32, scale: f64): f64 {
  let top = read<T>(output);
  for (let column = 1; column < features; column++) top = max(top, read<T>(output + <usize>column * sizeof<T>()));
  let sum: f64 = 0;
  for (let column = 0; column < features; column++) {
    sum += NativeMath.exp(read<T>(output + <usize>column * sizeof<T>()) - top);
  }
  for (let column = 0; column < features; column++) {
    const at = <usize>column * sizeof<T>();
    const probability = NativeMath.exp(read<T>(output + at) - top) / sum;
    write<T>(error + at, (probability - <f64>(column == target)) * scale);
  }
  return NativeMath.log(sum) - (read<T>(output + <usize>target * sizeof<T>()) - top);
}

/** PyTorch's `MultiMarginLoss`: Σ over the other classes of max(0, 1 − x[target] + x[j]) / classes. */
function hingeOfRow<T>(output: usize, error: usize, features: i32, target: i32, scale: f64): f64 {
  const own = read<T>(output + <usize>target * sizeof<T>());
  const share = 1.0 / <f64>features;
  let sum: f64 = 0;
  let violations: f64 = 0;
  for (let column = 0; column < features; column++) {
    const at = <usize>column * sizeof<T>();
    if (column == target) continue;
    const margin = 1 - own + read<T>(output + at);
    // Not `margin <= 0`, so that a number that is none is kept.
    const violated = !(margin <= 0);
    if (violated) sum += margin * share;
    violations += <f64>violated;
    write<T>(error + at, violated ? share * scale : 0);
  }
  write<T>(error + <usize>target * sizeof<T>(), -violations * share * scale);
  return sum;
}

/** Loss of one entry x against target t; writes `scale` times its derivative. */
function entryLoss<T>(kind: i32, x: f64, t: f64, error: usize, scale: f64): f64 {
  const difference = x - t;
  switch (kind) {
    case meanSquare:
      write<T>(error, 2 * difference * scale);
      return difference * difference;
    case meanAbsolute:
      write<T>(error, difference == 0 ? 0 : copysign(scale, difference));
      return abs(difference);
    case huber: {
      const size = abs(difference);
      write<T>(error, size < 1 ? difference * scale : copysign(scale, difference));
      return size < 1 ? 0.5 * difference * difference : size - 0.5;
    }
    case binary: {
      // PyTorch keeps logarithms above −100.
      write<T>(error, (scale * difference) / max((1 - x) * x, leastVariance));
      return -(t * max(NativeMath.log(x), -100) + (1 - t) * max(NativeMath.log1p(-x), -100));
    }
    case binaryWithLogits: {
      const e = NativeMath.exp(-abs(x));
      const probability = (x < 0 ? e : 1.0) / (1 + e);
      write<T>(error, (probability - t) * scale);
      return max(x, 0) - x * t + NativeMath.log1p(e);
    }
    case hinge: {
      const margin = 1 - t * x;
      write<T>(error, margin <= 0 ? 0 : -t * scale);
      return max(margin, 0);
    }
    default:
      return NaN;
  }
}
