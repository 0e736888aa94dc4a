/** Activations over a batch, forward and backward, with the sums that are recorded of them in the same pass. */
import { activationOf, relu, sigmoid, slopeOf, tanh } from './activations';
import { address, Context, integer, real } from './context';
import { clearPadding } from './padding';
import { sumsBytes } from './codes';
import { halfway, Sigmoid, Tanh } from './stages';
import { logisticFrom, logisticOf, tangentFrom, tangentOf } from './transcendental';
import { addSquares, addValues, constant, countMask, countSum, laneMask, laneSum, lanes } from './vectors';

/** As `Sigmoid` and `Tanh`, stand for the activations that have loops of their own; any other is found by its number entry by entry. */
class Relu {}
class Other {}

/** What was done half way at once should still be in the first-level cache for the other half. */
const pieceBytes: usize = 8192;

/** Whether φ is computed in two halves, each in a loop of its own. */
@inline
function isHalved<T, K>(): bool {
  return sizeof<T>() == 4 && (idof<K>() == idof<Sigmoid>() || idof<K>() == idof<Tanh>());
}

/** φ(x), or, where it is halved, φ from what lies half way to it. */
@inline
function valueOf<T, K>(kind: i32, x: v128, parameter: f64): v128 {
  if (idof<K>() == idof<Sigmoid>()) return isHalved<T, K>() ? logisticFrom(x) : logisticOf<T>(x);
  if (idof<K>() == idof<Tanh>()) return isHalved<T, K>() ? tangentFrom(x) : tangentOf<T>(x);
  // Not a number stays so.
  if (idof<K>() == idof<Relu>()) return v128.pmax<T>(x, v128.splat<T>(0));
  return activationOf<T>(kind, x, parameter);
}

/** Whether a unit can be zero on a whole batch. */
@inline
function canDie<K>(): bool {
  return idof<K>() == idof<Relu>() || idof<K>() == idof<Other>();
}

/** φ′; of all but the others it is known from y alone, which may lie where z was. */
@inline
function derivativeOf<T, K>(kind: i32, x: v128, y: v128, parameter: f64): v128 {
  const one = constant<T>(1);
  if (idof<K>() == idof<Sigmoid>()) return v128.mul<T>(y, v128.sub<T>(one, y));
  if (idof<K>() == idof<Tanh>()) return v128.mul<T>(v128.sub<T>(one, y), v128.add<T>(one, y));
  if (idof<K>() == idof<Relu>()) return v128.and(one, v128.gt<T>(y, v128.splat<T>(0)));
  return slopeOf<T>(kind, x, y, parameter);
}

/**
 * y = φ(z); sums y and y² and marks the units that are not zero.
 * Whole numbers: z, y, rows a sample, features, stride, kind, sums of z, sums of y, marks. Numbers: the activation's parameter.
 */
export function activation<T>(record: usize): void {
  switch (integer(record, 5)) {
    case sigmoid:
      return activate<T, Sigmoid>(record);
    case tanh:
      return activate<T, Tanh>(record);
    case relu:
      return activate<T, Relu>(record);
    default:
      return activate<T, Other>(record);
  }
}

function activate<T, K>(record: usize): void {
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
    const start = <usize>(from * rowsPerSample) * bytes;
    const end = <usize>(to * rowsPerSample) * bytes;
    const index = <usize>(from / block);
    const piece = isHalved<T, K>() ? max(bytes, pieceBytes - (pieceBytes % bytes)) : end - start;
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (let first = start; first < end; first += piece) {
      const last = min(first + piece, end);
      if (isHalved<T, K>()) halfway<K>(z + first, y + first, last - first);
      // Two vectors at a time, as wide as every stride is.
      for (let column = 0; column < features; column += 2 * lanes<T>()) {
        const mask0 = laneMask<T>(features - column);
        const mask1 = laneMask<T>(features - column - lanes<T>());
        let fired0 = zero;
        let fired1 = zero;
        const offset = <usize>column * sizeof<T>();
        for (let place = first + offset; place < last; place += bytes) {
          const source = (isHalved<T, K>() ? y : z) + place;
          const value0 = v128.and(valueOf<T, K>(kind, v128.load(source), parameter), mask0);
          const value1 = v128.and(valueOf<T, K>(kind, v128.load(source, 16), parameter), mask1);
          v128.store(y + place, value0);
          v128.store(y + place, value1, 16);
          sum = addValues<T>(addValues<T>(sum, value0), value1);
          squares = addSquares<T>(addSquares<T>(squares, value0), value1);
          if (canDie<K>()) {
            fired0 = v128.or(fired0, v128.ne<T>(value0, zero));
            fired1 = v128.or(fired1, v128.ne<T>(value1, zero));
          }
        }
        if (canDie<K>()) {
          v128.store(marks + index * bytes + offset, fired0);
          v128.store(marks + index * bytes + offset, fired1, 16);
        }
      }
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
  switch (integer(record, 5)) {
    case sigmoid:
      return differentiate<T, Sigmoid>(record);
    case tanh:
      return differentiate<T, Tanh>(record);
    case relu:
      return differentiate<T, Relu>(record);
    default:
      return differentiate<T, Other>(record);
  }
}

function differentiate<T, K>(record: usize): void {
  const z = address(record, 0);
  const y = address(record, 1);
  const rowsPerSample = integer(record, 2);
  const stride = integer(record, 4);
  const bytes = <usize>stride * sizeof<T>();
  const kind = integer(record, 5);
  const sumsBefore = address(record, 6);
  const sumsAfter = address(record, 7);
  const errorAfter = address(record, 9);
  const errorBefore = address(record, 10);
  const parameter = real(record, 0);
  const flat = constant<T>(real(record, 1));
  const zero = v128.splat<T>(0);
  // Errors of the padding are zero, but its slopes, those at zero, are counted too: so many a row for nothing.
  const isFlat = v128.lt<T>(v128.abs<T>(derivativeOf<T, K>(kind, zero, zero, parameter)), flat);
  const idleUnits = v128.any_true(isFlat) ? <f64>(stride - integer(record, 3)) : 0;
  const block = Context.blockSamples;
  for (let from = Context.sampleFrom; from < Context.sampleTo; from += block) {
    const to = min(from + block, Context.sampleTo);
    const start = <usize>(from * rowsPerSample) * bytes;
    const end = <usize>(to * rowsPerSample) * bytes;
    const index = <usize>(from / block);
    let squaresBefore = f64x2.splat(0);
    let squaresAfter = f64x2.splat(0);
    let saturated = zero;
    for (let place = start; place < end; place += 16) {
      const x = idof<K>() == idof<Other>() ? v128.load(z + place) : zero;
      const slope = derivativeOf<T, K>(kind, x, v128.load(y + place), parameter);
      const after = v128.load(errorAfter + place);
      const before = v128.mul<T>(after, slope);
      v128.store(errorBefore + place, before);
      squaresAfter = addSquares<T>(squaresAfter, after);
      squaresBefore = addSquares<T>(squaresBefore, before);
      saturated = countMask<T>(saturated, v128.lt<T>(v128.abs<T>(slope), flat));
    }
    const idle = idleUnits * <f64>((to - from) * rowsPerSample);
    store<f64>(sumsAfter + index * sumsBytes, laneSum<f64>(squaresAfter), 16);
    store<f64>(sumsBefore + index * sumsBytes, laneSum<f64>(squaresBefore), 16);
    store<f64>(sumsBefore + index * sumsBytes, countSum<T>(saturated) - idle, 24);
  }
  clearPadding<T>(errorBefore, rowsPerSample, stride);
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
