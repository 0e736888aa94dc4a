/**
 * Transcendental functions of vectors. float32: range reduction and a polynomial, within 2 ulp, subnormal results included
 * (coefficients as in Cephes, Moshier 1992). float64: AssemblyScript's library, lane by lane. Compiled strictly they have the
 * same bits on every machine.
 */
import { constant, multiplyAdd } from './vectors';

// ln 2 in two parts, of which the first has an exact product with a small whole number.
@inline
const LN2_HIGH: f64 = 0.693359375;
@inline
const LN2_LOW: f64 = -2.12194440e-4;

/**
 * The constants of eˣ in float32. They are read from memory: a constant in the code costs several instructions at each use.
 * 0: 1 / ln 2 and ln 2 in two parts, the first of which has an exact product with a small whole number; 3: the bounds beyond
 * which eˣ is infinite or zero; 5: 1.5 · 2²³, which rounds what it is added to; 6: the polynomial from its highest power down; 12: 1;
 * 13: the bound beyond which tanh is 1; 14: 2; 15: 2⁶⁴ and 2⁻⁶⁴; 17: the bit of the sign.
 */
const exponential32: usize = memory.data<f32>([
  1.44269504088896341, 0.693359375, -2.12194440e-4, 89, -105, 12582912, 1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3,
  4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 10, 2, 1.8446744073709551616e19, 5.42101086242752217e-20, -0.0,
]);

@inline
function c(index: usize): v128 {
  return v128.load32_splat(exponential32 + index * 4);
}

@inline
function signOf(x: v128): v128 {
  return v128.and(x, c(17));
}

/** A positive number with the sign of x. */
@inline
export function withSignOf(positive: v128, x: v128): v128 {
  return v128.or(positive, signOf(x));
}

/** x / ln 2 rounded to a whole number n, plus 1.5 · 2²³: its lowest bits are n. */
@inline
export function shiftedPower(x: v128): v128 {
  return multiplyAdd<f32>(x, c(0), c(5));
}

/** r = x − n ln 2, so |r| ≤ ½ ln 2. */
@inline
export function remainderOf(x: v128, shifted: v128): v128 {
  const power = f32x4.sub(shifted, c(5));
  return f32x4.sub(f32x4.sub(x, f32x4.mul(power, c(1))), f32x4.mul(power, c(2)));
}

/** The polynomial p but for its last term. */
@inline
export function upperTerms(r: v128): v128 {
  let p = c(6);
  p = multiplyAdd<f32>(p, r, c(7));
  p = multiplyAdd<f32>(p, r, c(8));
  p = multiplyAdd<f32>(p, r, c(9));
  return multiplyAdd<f32>(p, r, c(10));
}

/** eʳ − 1 = r + r² p(r). */
@inline
export function lessOneFrom(upper: v128, r: v128): v128 {
  const p = multiplyAdd<f32>(upper, r, c(11));
  return multiplyAdd<f32>(p, f32x4.mul(r, r), r);
}

@inline
function exponentialLessOne(x: v128, shifted: v128): v128 {
  const r = remainderOf(x, shifted);
  return lessOneFrom(upperTerms(r), r);
}

/** eˣ in each lane. */
@inline
export function exponentialOf<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    return f64x2(NativeMath.exp(f64x2.extract_lane(x, 0)), NativeMath.exp(f64x2.extract_lane(x, 1)));
  }
  // The pseudo-minimum is one instruction, and hands on what is not a number.
  const bounded = f32x4.pmax(f32x4.pmin(x, c(3)), c(4));
  const shifted = shiftedPower(bounded);
  const sum = f32x4.add(exponentialLessOne(bounded, shifted), c(12));
  // 2ⁿ as two factors: neither overflows, and the last product alone rounds to a subnormal number or to infinity.
  const exponent = i32x4.sub(shifted, c(5));
  const half = i32x4.shr_s(exponent, 1);
  const first = i32x4.add(i32x4.shl(half, 23), c(12));
  const second = i32x4.add(i32x4.shl(i32x4.sub(exponent, half), 23), c(12));
  return f32x4.mul(f32x4.mul(sum, first), second);
}

/** ln x in each lane of positive, normal numbers. */
export function logarithmOf<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    return f64x2(NativeMath.log(f64x2.extract_lane(x, 0)), NativeMath.log(f64x2.extract_lane(x, 1)));
  }
  // x = m 2ᵉ with √½ ≤ m < √2.
  const offset = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23));
  const mantissa = i32x4.add(v128.and(offset, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const m = f32x4.sub(mantissa, f32x4.splat(1));
  const square = f32x4.mul(m, m);
  let sum = f32x4.splat(7.0376836292e-2);
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(-1.151461031e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(1.167699874e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(-1.2420140846e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(1.4249322787e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(-1.6668057665e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(2.0000714765e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(-2.4999993993e-1));
  sum = multiplyAdd<f32>(sum, m, f32x4.splat(3.3333331174e-1));
  sum = f32x4.mul(f32x4.mul(sum, m), square);
  sum = f32x4.add(sum, f32x4.mul(exponent, f32x4.splat(<f32>LN2_LOW)));
  sum = f32x4.sub(sum, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(m, sum), f32x4.mul(exponent, f32x4.splat(<f32>LN2_HIGH)));
}

/** ln(1 + x) for 0 ≤ x ≤ 1. */
export function logarithmOfOnePlus<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    return f64x2(NativeMath.log1p(f64x2.extract_lane(x, 0)), NativeMath.log1p(f64x2.extract_lane(x, 1)));
  }
  // What rounding 1 + x loses is made good by the factor x / (u − 1) (Goldberg 1991, theorem 4).
  const one = f32x4.splat(1);
  const u = f32x4.add(one, x);
  const difference = f32x4.sub(u, one);
  const logarithm = f32x4.div(f32x4.mul(logarithmOf<T>(u), x), difference);
  return v128.bitselect(x, logarithm, f32x4.eq(u, one));
}

/** tanh x in each lane. */
@inline
export function tangentOf<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    return f64x2(NativeMath.tanh(f64x2.extract_lane(x, 0)), NativeMath.tanh(f64x2.extract_lane(x, 1)));
  }
  return tangentFrom(tangentHalfway(x));
}

/** Twice |x|, where tanh is not 1 yet: from 9.02 on it rounds to that. */
@inline
export function boundedForTangent(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), c(13));
  return f32x4.add(size, size);
}

/** m = e^(2|x|) − 1 from eʳ − 1 and from the shifted power that has the sign of x; m has it too. */
@inline
export function signedLessOne(lessOne: v128, signedPower: v128): v128 {
  const scale = i32x4.add(i32x4.shl(signedPower, 23), c(12));
  const less = f32x4.mul(lessOne, scale);
  return v128.or(f32x4.add(less, f32x4.sub(scale, c(12))), signOf(signedPower));
}

/** Half way to tanh x in float32: m = e^(2|x|) − 1 with the sign of x, which keeps its relative accuracy where x is small. */
@inline
function tangentHalfway(x: v128): v128 {
  const twice = boundedForTangent(x);
  const shifted = shiftedPower(twice);
  return signedLessOne(exponentialLessOne(twice, shifted), withSignOf(shifted, x));
}

/** The other half: m / (|m| + 2). */
@inline
export function tangentFrom(m: v128): v128 {
  return f32x4.div(m, f32x4.add(f32x4.abs(m), c(14)));
}

/** 1 / (1 + e⁻ˣ), with full relative accuracy in both tails: vanishing gradients live there. */
@inline
export function logisticOf<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return logisticFrom(logisticHalfway(x));
  const one = constant<T>(1);
  const exponential = exponentialOf<T>(v128.neg<T>(v128.abs<T>(x)));
  const numerator = v128.bitselect(exponential, one, v128.lt<T>(x, v128.splat<T>(0)));
  return v128.div<T>(numerator, v128.add<T>(one, exponential));
}

/** −|x|, where its exponential is not zero yet. */
@inline
export function boundedForLogistic(x: v128): v128 {
  return f32x4.pmax(v128.or(x, c(17)), c(4));
}

/** e^(−|x|) from eʳ − 1 and from the shifted power that has the sign of x; the result has it too. */
@inline
export function signedExponential(lessOne: v128, signedPower: v128): v128 {
  const sum = f32x4.add(lessOne, c(12));
  // 2ⁿ⁺⁶⁴ is a normal number, and the product with 2⁻⁶⁴ alone rounds to a subnormal one.
  const scale = i32x4.add(i32x4.shl(signedPower, 23), c(15));
  return v128.or(f32x4.mul(f32x4.mul(sum, scale), c(16)), signOf(signedPower));
}

/** Half way to the logistic function of x in float32: e^(−|x|) with the sign of x. */
@inline
function logisticHalfway(x: v128): v128 {
  const bounded = boundedForLogistic(x);
  const shifted = shiftedPower(bounded);
  return signedExponential(exponentialLessOne(bounded, shifted), withSignOf(shifted, x));
}

/** The other half, from e = e^(−|x|): 1 / (1 + e), or e / (1 + e) where x is negative. */
@inline
export function logisticFrom(signed: v128): v128 {
  const e = f32x4.abs(signed);
  const numerator = f32x4.pmax(e, v128.andnot(c(12), i32x4.shr_s(signed, 31)));
  return f32x4.div(numerator, f32x4.add(c(12), e));
}

/** The standard normal distribution's Φ(x), with full relative accuracy in the lower tail; `density` is e^(−x²/2). */
export function normalDistributionOf<T>(x: v128, density: v128): v128 {
  // Φ(−z√2) = ½ e^(−z²) f(z), f = e^(z²) erfc z. (1 + 2z) f(z) is smooth in t = (z − k)/(z + k) (Shepherd & Laframboise
  // 1981); the coefficients are of its Chebyshev expansion, computed with 40 digits.
  const z = v128.mul<T>(v128.abs<T>(x), constant<T>(0.70710678118654752));
  const k = constant<T>(sizeof<T>() == 4 ? 3 : 3.75);
  const t = v128.div<T>(v128.sub<T>(z, k), v128.add<T>(z, k));
  const scaled = sizeof<T>() == 4 ? scaledTail32(t) : scaledTail64(t);
  const tail = v128.div<T>(
    v128.mul<T>(v128.mul<T>(density, constant<T>(0.5)), scaled),
    v128.add<T>(constant<T>(1), v128.add<T>(z, z)),
  );
  return v128.bitselect(tail, v128.sub<T>(constant<T>(1), tail), v128.lt<T>(x, v128.splat<T>(0)));
}

function scaledTail32(t: v128): v128 {
  let sum = f32x4.splat(-9.2545167717617e-5);
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(-0.0005138505366630852));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(0.0018750791205093265));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(0.002286513801664114));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(-0.02376357652246952));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(0.06840958446264267));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(-0.11927527189254761));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(0.1296275109052658));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(-0.04756215587258339));
  sum = multiplyAdd<f32>(sum, t, f32x4.splat(-0.13562023639678955));
  return multiplyAdd<f32>(sum, t, f32x4.splat(1.2530080080032349));
}

@lazy
const tailCoefficients: StaticArray<f64> = [
  -7.339505004588903e-11, -3.7531582759406933e-11, 9.022149697882474e-10, 5.457157303495642e-10,
  -6.545560211803145e-9, -4.389284159668303e-9, 4.09712231516189e-8, 2.428976292500568e-8,
  -2.6114702359789227e-7, -5.826281078753936e-8, 1.753443425109858e-6, -9.728495822114248e-7,
  -1.1445049125830941e-5, 2.238391203655081e-5, 5.164940777546387e-5, -0.0002901539792898677,
  0.0002937135948057074, 0.0017556258324217529, -0.009746579547619623, 0.0283622774215156,
  -0.05869339859054762, 0.09230432116019834, -0.10880393014170746, 0.08227673849015102,
  0.00358541548546369, -0.14024059858554702, 1.2375126308378275,
];

function scaledTail64(t: v128): v128 {
  let sum = f64x2.splat(0);
  for (let index = 0; index < tailCoefficients.length; index++) {
    sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(unchecked(tailCoefficients[index])));
  }
  return sum;
}
