/**
 * The first part of the logistic function and of tanh over a stretch of float32 numbers, in three loops. For one number it is
 * a chain of instructions that wait for each other, and the processor's window holds only three such chains; of a third of
 * the chain it holds many.
 */
import { Context } from './context';
import {
  boundedForLogistic,
  boundedForTangent,
  lessOneFrom,
  remainderOf,
  shiftedPower,
  signedExponential,
  signedLessOne,
  upperTerms,
  withSignOf,
} from './transcendental';

/** Stand for the functions. */
export class Sigmoid {}
export class Tanh {}

/** Bytes that each loop does before the next: with what is handed on, three times as many, they stay in the first-level cache. */
const pieceBytes: usize = 2048;

/** What `logisticFrom` and `tangentFrom` go on from, of so many bytes at x, to y, which may be the same place. */
export function halfway<K>(x: usize, y: usize, bytes: usize): void {
  for (let from: usize = 0; from < bytes; from += pieceBytes) {
    const length = min(pieceBytes, bytes - from);
    reduce<K>(x + from, y + from, length);
    sumUpperTerms(length);
    complete<K>(y + from, length);
  }
}

/** The power of two with the sign of x to y, the remainder to the working space. */
@inline
function reduce<K>(x: usize, y: usize, bytes: usize): void {
  const remainders = Context.scratch;
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(x + at);
    const bounded = idof<K>() == idof<Sigmoid>() ? boundedForLogistic(value) : boundedForTangent(value);
    const shifted = shiftedPower(bounded);
    const r = remainderOf(bounded, shifted);
    v128.store(remainders + at, r);
    v128.store(y + at, withSignOf(shifted, value));
  }
}

/** The polynomial of the remainders but for its last term, behind them. */
@inline
function sumUpperTerms(bytes: usize): void {
  const remainders = Context.scratch;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(remainders + at, upperTerms(v128.load(remainders + at)), pieceBytes);
  }
}

/** The number in which the function's two halves meet, in the place of the power of two. */
@inline
function complete<K>(y: usize, bytes: usize): void {
  const remainders = Context.scratch;
  for (let at: usize = 0; at < bytes; at += 16) {
    const lessOne = lessOneFrom(v128.load(remainders + at, pieceBytes), v128.load(remainders + at));
    const power = v128.load(y + at);
    const value = idof<K>() == idof<Sigmoid>() ? signedExponential(lessOne, power) : signedLessOne(lessOne, power);
    v128.store(y + at, value);
  }
}
