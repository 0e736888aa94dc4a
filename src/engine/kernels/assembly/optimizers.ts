/** Updates of a layer's parameters as `torch.optim` does them, with the sums over parameters and their change. */
import { address, Context, endPart, firstPart, integer, real } from './context';
import { sumsBytes } from './codes';
import { statisticsOfPart, storeGradientSums } from './statistics';
import { addSquares, addValues, constant, countMask, laneSum, largerSize } from './vectors';

// Places in `optimizerNames` of `optimizers.ts`.
const sgd: i32 = 0;
const adam: i32 = 1;
const adamw: i32 = 2;
const rmsprop: i32 = 3;
const adagrad: i32 = 4;

/** 0 / 0 counts as 0: the padding has neither gradient nor history, and must stay zero where ε is zero too. */
@inline
function quotient<T>(numerator: v128, denominator: v128): v128 {
  const nonzero = v128.ne<T>(numerator, v128.splat<T>(0));
  return v128.and(v128.div<T>(numerator, denominator), nonzero);
}

/**
 * One update. Whole numbers: gradient, parameters, first and second history (0 where there is none), length, length of a part,
 * sums (gradient's four as in `gradientStatistics`, then squares of the parameters before, squares of their change),
 * optimizer, whether Nesterov, whether the gradient's sums are still to be taken, parts.
 * Numbers: momentum or β₁, β₂ or α, ε, weight decay, clipping bound (0: none).
 */
export function update<T>(record: usize): void {
  const length = integer(record, 4);
  const partLength = integer(record, 5);
  const parts = integer(record, 10);
  for (let part = firstPart(parts); part < endPart(parts); part++) {
    const from = part * partLength;
    const offset = <usize>from * sizeof<T>();
    const bytes = <usize>(part == parts - 1 ? length - from : partLength) * sizeof<T>();
    const sums = address(record, 6) + <usize>part * sumsBytes;
    const gradient = address(record, 0) + offset;
    if (integer(record, 9) != 0 && isPlain(record)) {
      descend<T>(gradient, address(record, 1) + offset, bytes, sums);
      continue;
    }
    if (integer(record, 9) != 0) statisticsOfPart<T>(gradient, gradient + bytes, sums);
    updatePart<T>(record, offset, bytes, sums);
  }
}

/** Stochastic gradient descent and nothing else. */
function isPlain(record: usize): bool {
  return integer(record, 7) == sgd && real(record, 0) == 0 && real(record, 3) == 0 && real(record, 4) == 0;
}

/** w ← w − η g and all sums in one pass. */
function descend<T>(gradients: usize, parameters: usize, bytes: usize, sums: usize): void {
  const rate = constant<T>(Context.learningRate);
  const zero = v128.splat<T>(0);
  let gradientSquares = f64x2.splat(0);
  let absolutes = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let changes = f64x2.splat(0);
  let zeros = zero;
  let greatest = zero;
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = v128.load(gradients + at);
    const before = v128.load(parameters + at);
    const after = v128.sub<T>(before, v128.mul<T>(rate, gradient));
    v128.store(parameters + at, after);
    const size = v128.abs<T>(gradient);
    gradientSquares = addSquares<T>(gradientSquares, size);
    absolutes = addValues<T>(absolutes, size);
    squares = addSquares<T>(squares, before);
    changes = addSquares<T>(changes, v128.sub<T>(after, before));
    greatest = largerSize<T>(greatest, size);
    zeros = countMask<T>(zeros, v128.eq<T>(gradient, zero));
  }
  storeGradientSums<T>(sums, gradientSquares, absolutes, greatest, zeros);
  store<f64>(sums, laneSum<f64>(squares), 32);
  store<f64>(sums, laneSum<f64>(changes), 40);
}

function updatePart<T>(record: usize, offset: usize, bytes: usize, sums: usize): void {
  const kind = integer(record, 7);
  const rate = constant<T>(Context.learningRate);
  const decay = constant<T>(real(record, 3));
  const hasDecay = real(record, 3) != 0 && kind != adamw;
  const hasMomentum = real(record, 0) != 0;
  const bound = real(record, 4);
  const factor = constant<T>(Context.clipFactor);
  const scaled = Context.clipFactor != 1;
  const shrink = constant<T>(kind == adamw ? 1 - Context.learningRate * real(record, 3) : 1);
  let squares = f64x2.splat(0);
  let changes = f64x2.splat(0);
  for (let at = offset; at < offset + bytes; at += 16) {
    let gradient = v128.load(address(record, 0) + at);
    const before = v128.load(address(record, 1) + at);
    if (scaled) gradient = v128.mul<T>(gradient, factor);
    if (bound > 0) {
      gradient = v128.max<T>(v128.min<T>(gradient, constant<T>(bound)), constant<T>(-bound));
    }
    if (hasDecay) gradient = v128.add<T>(gradient, v128.mul<T>(decay, before));
    let after = before;
    if (kind == sgd) {
      const direction = hasMomentum ? momentum<T>(record, at, gradient, integer(record, 8) != 0) : gradient;
      after = v128.sub<T>(before, v128.mul<T>(rate, direction));
    } else if (kind == adam || kind == adamw) {
      after = v128.sub<T>(v128.mul<T>(before, shrink), adaptiveMoments<T>(record, at, gradient));
    } else if (kind == rmsprop) {
      let direction = meanSquareRoot<T>(record, at, gradient);
      if (hasMomentum) direction = momentum<T>(record, at, direction, false);
      after = v128.sub<T>(before, v128.mul<T>(rate, direction));
    } else if (kind == adagrad) {
      const place = address(record, 3) + at;
      const sum = v128.add<T>(v128.load(place), v128.mul<T>(gradient, gradient));
      v128.store(place, sum);
      const denominator = v128.add<T>(v128.sqrt<T>(sum), constant<T>(real(record, 2)));
      after = v128.sub<T>(before, v128.mul<T>(rate, quotient<T>(gradient, denominator)));
    }
    v128.store(address(record, 1) + at, after);
    squares = addSquares<T>(squares, before);
    changes = addSquares<T>(changes, v128.sub<T>(after, before));
  }
  store<f64>(sums, laneSum<f64>(squares), 32);
  store<f64>(sums, laneSum<f64>(changes), 40);
}

/** v ← μ v + g; with Nesterov the direction is g + μ v. */
@inline
function momentum<T>(record: usize, at: usize, gradient: v128, nesterov: bool): v128 {
  const place = address(record, 2) + at;
  const share = constant<T>(real(record, 0));
  const velocity = v128.add<T>(v128.mul<T>(share, v128.load(place)), gradient);
  v128.store(place, velocity);
  return nesterov ? v128.add<T>(gradient, v128.mul<T>(share, velocity)) : velocity;
}

/** Kingma & Ba 2015, algorithm 1, with PyTorch's order: (η / (1 − β₁ᵗ)) m / (√v / √(1 − β₂ᵗ) + ε). */
@inline
function adaptiveMoments<T>(record: usize, at: usize, gradient: v128): v128 {
  const first = address(record, 2) + at;
  const second = address(record, 3) + at;
  const m = v128.add<T>(
    v128.mul<T>(v128.load(first), constant<T>(real(record, 0))),
    v128.mul<T>(gradient, constant<T>(1 - real(record, 0))),
  );
  const v = v128.add<T>(
    v128.mul<T>(v128.load(second), constant<T>(real(record, 1))),
    v128.mul<T>(v128.mul<T>(gradient, gradient), constant<T>(1 - real(record, 1))),
  );
  v128.store(first, m);
  v128.store(second, v);
  const root = v128.div<T>(v128.sqrt<T>(v), constant<T>(sqrt(Context.correction2)));
  const denominator = v128.add<T>(root, constant<T>(real(record, 2)));
  const size = constant<T>(Context.learningRate / Context.correction1);
  return v128.mul<T>(size, quotient<T>(m, denominator));
}

/** g / (√v + ε) with v ← α v + (1 − α) g² (Tieleman & Hinton 2012, as PyTorch has it). */
@inline
function meanSquareRoot<T>(record: usize, at: usize, gradient: v128): v128 {
  const place = address(record, 3) + at;
  const v = v128.add<T>(
    v128.mul<T>(v128.load(place), constant<T>(real(record, 1))),
    v128.mul<T>(v128.mul<T>(gradient, gradient), constant<T>(1 - real(record, 1))),
  );
  v128.store(place, v);
  const denominator = v128.add<T>(v128.sqrt<T>(v), constant<T>(real(record, 2)));
  return quotient<T>(gradient, denominator);
}
