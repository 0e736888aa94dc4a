/**
 * One step of PyTorch's recurrent cells for one sample, forward and backward, entry by entry. Records are those of `recurrent`
 * and `recurrentError`.
 */
import { activationOf, slopeOf } from './activations';
import { address, integer, real } from './context';
import { logisticOf, tangentOf } from './transcendental';
import { constant, countMask, countSum, laneMask } from './vectors';

/** h = φ(z). */
export function plainCell<T>(record: usize, row: usize, bytes: usize): void {
  const z = address(record, 6) + row * bytes;
  const h = address(record, 7) + row * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(h + at, activationOf<T>(integer(record, 12), v128.load(z + at), real(record, 0)));
  }
}

/** c = f c₋₁ + i g, h = o tanh c (Hochreiter & Schmidhuber 1997 with Gers et al.'s forget gate); gates are kept activated. */
export function longShortTermCell<T>(record: usize, row: usize, bytes: usize, isFirst: bool): void {
  const gates = address(record, 6) + row * 4 * bytes;
  const states = address(record, 13) + row * 2 * bytes;
  const h = address(record, 7) + row * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const place = gates + at;
    const i = logisticOf<T>(v128.load(place));
    const f = logisticOf<T>(v128.load(place + bytes));
    const g = tangentOf<T>(v128.load(place + 2 * bytes));
    const o = logisticOf<T>(v128.load(place + 3 * bytes));
    const before = isFirst ? v128.splat<T>(0) : v128.load(states + at - 2 * bytes);
    const state = v128.add<T>(v128.mul<T>(f, before), v128.mul<T>(i, g));
    const tangent = tangentOf<T>(state);
    v128.store(place, i);
    v128.store(place + bytes, f);
    v128.store(place + 2 * bytes, g);
    v128.store(place + 3 * bytes, o);
    v128.store(states + at, state);
    v128.store(states + at + bytes, tangent);
    v128.store(h + at, v128.mul<T>(o, tangent));
  }
}

/** n = tanh(xₙ + r hₙ), h = (1 − z) n + z h₋₁ (Cho et al. 2014, in PyTorch's form); gates are kept activated. */
export function gatedCell<T>(record: usize, row: usize, bytes: usize, isFirst: bool): void {
  const gates = address(record, 6) + row * 3 * bytes;
  const parts = address(record, 13) + row * 3 * bytes;
  const h = address(record, 7) + row * bytes;
  if (isFirst) memory.copy(parts, address(record, 5), 3 * bytes);
  const one = constant<T>(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const place = gates + at;
    const r = logisticOf<T>(v128.add<T>(v128.load(place), v128.load(parts + at)));
    const z = logisticOf<T>(v128.add<T>(v128.load(place + bytes), v128.load(parts + at + bytes)));
    const inner = v128.mul<T>(r, v128.load(parts + at + 2 * bytes));
    const n = tangentOf<T>(v128.add<T>(v128.load(place + 2 * bytes), inner));
    const before = isFirst ? v128.splat<T>(0) : v128.load(h + at - bytes);
    v128.store(place, r);
    v128.store(place + bytes, z);
    v128.store(place + 2 * bytes, n);
    v128.store(h + at, v128.add<T>(v128.mul<T>(v128.sub<T>(one, z), n), v128.mul<T>(z, before)));
  }
}

/** ∂L/∂z = ∂L/∂h φ′(z); answers how many of the units are saturated. */
export function plainError<T>(record: usize, sample: usize, row: usize, bytes: usize): f64 {
  const error = address(record, 14) + sample * bytes;
  const flat = constant<T>(real(record, 1));
  const units = integer(record, 17);
  let saturated = v128.splat<T>(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const z = v128.load(address(record, 1) + row * bytes + at);
    const h = v128.load(address(record, 2) + row * bytes + at);
    const slope = slopeOf<T>(integer(record, 12), z, h, real(record, 0));
    v128.store(address(record, 4) + row * bytes + at, v128.mul<T>(v128.load(error + at), slope));
    const mask = laneMask<T>(units - <i32>(at / sizeof<T>()));
    saturated = countMask<T>(saturated, v128.and(v128.lt<T>(v128.abs<T>(slope), flat), mask));
  }
  return countSum<T>(saturated);
}

/** x (1 − x), the logistic function's derivative where it is x. */
@inline
function logisticSlope<T>(x: v128): v128 {
  return v128.mul<T>(x, v128.sub<T>(constant<T>(1), x));
}

/** 1 − x², the hyperbolic tangent's. */
@inline
function tangentSlope<T>(x: v128): v128 {
  const one = constant<T>(1);
  return v128.mul<T>(v128.sub<T>(one, x), v128.add<T>(one, x));
}

/** The errors of the four gates; that of the cell's state goes on to the step before. */
export function longShortTermError<T>(record: usize, sample: usize, row: usize, bytes: usize, isFirst: bool): void {
  const gates = address(record, 1) + row * 4 * bytes;
  const states = address(record, 3) + row * 2 * bytes;
  const target = address(record, 4) + row * 4 * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const i = v128.load(gates + at);
    const f = v128.load(gates + at + bytes);
    const g = v128.load(gates + at + 2 * bytes);
    const o = v128.load(gates + at + 3 * bytes);
    const tangent = v128.load(states + at + bytes);
    const before = isFirst ? v128.splat<T>(0) : v128.load(states + at - 2 * bytes);
    const error = v128.load(address(record, 14) + sample * bytes + at);
    const carried = address(record, 15) + sample * bytes + at;
    const through = v128.mul<T>(v128.mul<T>(error, o), tangentSlope<T>(tangent));
    const state = v128.add<T>(v128.load(carried), through);
    v128.store(target + at, v128.mul<T>(v128.mul<T>(state, g), logisticSlope<T>(i)));
    v128.store(target + at + bytes, v128.mul<T>(v128.mul<T>(state, before), logisticSlope<T>(f)));
    v128.store(target + at + 2 * bytes, v128.mul<T>(v128.mul<T>(state, i), tangentSlope<T>(g)));
    v128.store(target + at + 3 * bytes, v128.mul<T>(v128.mul<T>(error, tangent), logisticSlope<T>(o)));
    v128.store(carried, v128.mul<T>(state, f));
  }
}

/** The errors of the three gates, as inputs and as the recurrent side see them; the update gate hands its share of ∂L/∂h on. */
export function gatedError<T>(record: usize, sample: usize, row: usize, bytes: usize, isFirst: bool): void {
  const gates = address(record, 1) + row * 3 * bytes;
  const target = address(record, 4) + row * 3 * bytes;
  const inside = address(record, 5) + row * 3 * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const r = v128.load(gates + at);
    const z = v128.load(gates + at + bytes);
    const n = v128.load(gates + at + 2 * bytes);
    const part = v128.load(address(record, 3) + row * 3 * bytes + at + 2 * bytes);
    const before = isFirst ? v128.splat<T>(0) : v128.load(address(record, 2) + row * bytes + at - bytes);
    const place = address(record, 14) + sample * bytes + at;
    const error = v128.load(place);
    const newError = v128.mul<T>(v128.mul<T>(error, v128.sub<T>(constant<T>(1), z)), tangentSlope<T>(n));
    const update = v128.mul<T>(v128.mul<T>(error, v128.sub<T>(before, n)), logisticSlope<T>(z));
    const reset = v128.mul<T>(v128.mul<T>(newError, part), logisticSlope<T>(r));
    v128.store(target + at, reset);
    v128.store(target + at + bytes, update);
    v128.store(target + at + 2 * bytes, newError);
    v128.store(inside + at, reset);
    v128.store(inside + at + bytes, update);
    v128.store(inside + at + 2 * bytes, v128.mul<T>(newError, r));
    v128.store(place, v128.mul<T>(error, z));
  }
}
