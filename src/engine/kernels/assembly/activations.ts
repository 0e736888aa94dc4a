/** Activations and their derivatives on vectors. The numbers are the places in `activationNames` of `operations/activation.ts`. */
import { constant } from './vectors';
import {
  exponentialOf,
  logarithmOfOnePlus,
  logisticOf,
  normalDistributionOf,
  tangentOf,
} from './transcendental';

// 0 is linear, which no kernel needs.
export const sigmoid: i32 = 1;
export const tanh: i32 = 2;
export const relu: i32 = 3;
const leakyRelu: i32 = 4;
const elu: i32 = 5;
const selu: i32 = 6;
const gelu: i32 = 7;
const silu: i32 = 8;
const mish: i32 = 9;
const softplus: i32 = 10;
const softsign: i32 = 11;
const hardTanh: i32 = 12;
const hardSigmoid: i32 = 13;
const hardSwish: i32 = 14;
const relu6: i32 = 15;
const exponential: i32 = 16;
export const softmax: i32 = 17;
const geluTanh: i32 = 18;

// Klambauer et al. 2017, eq. 14.
const seluScale: f64 = 1.0507009873554804934;
const seluAlpha: f64 = 1.6732632423543772848;
// 1/√(2π), √(2/π), and the cubic term of the tanh form (Hendrycks & Gimpel 2016).
const normalPeak: f64 = 0.39894228040143267794;
const geluRoot: f64 = 0.79788456080286535588;
const geluCubic: f64 = 0.044715;

@inline
function greater<T>(x: v128, bound: f64): v128 {
  return v128.gt<T>(x, constant<T>(bound));
}

@inline
function clamp<T>(x: v128, low: f64, high: f64): v128 {
  return v128.max<T>(v128.min<T>(x, constant<T>(high)), constant<T>(low));
}

/** Lanes strictly between the bounds: PyTorch's derivative at a kink is that of the flat side. */
@inline
function between<T>(x: v128, low: f64, high: f64): v128 {
  return v128.and(v128.gt<T>(x, constant<T>(low)), v128.lt<T>(x, constant<T>(high)));
}

/** eᵡ of the negative part: the branch that is taken never overflows. */
@inline
function exponentialBelowZero<T>(x: v128): v128 {
  return exponentialOf<T>(v128.min<T>(x, v128.splat<T>(0)));
}

/** tanh(softplus x) = w / (w + 2) with w = eˣ(eˣ + 2), and 1 from x = 20 on. */
@inline
function mishFactor<T>(x: v128): v128 {
  const e = exponentialOf<T>(v128.min<T>(x, constant<T>(20)));
  const two = constant<T>(2);
  const w = v128.mul<T>(e, v128.add<T>(e, two));
  return v128.div<T>(w, v128.add<T>(w, two));
}

@inline
function geluTangent<T>(x: v128): v128 {
  const cube = v128.mul<T>(v128.mul<T>(x, x), x);
  const inner = v128.add<T>(x, v128.mul<T>(constant<T>(geluCubic), cube));
  return tangentOf<T>(v128.mul<T>(constant<T>(geluRoot), inner));
}

@inline
function normalDensity<T>(x: v128): v128 {
  return exponentialOf<T>(v128.mul<T>(v128.mul<T>(x, x), constant<T>(-0.5)));
}

/** φ(x) in each lane. */
export function activationOf<T>(kind: i32, x: v128, parameter: f64): v128 {
  const zero = v128.splat<T>(0);
  const one = constant<T>(1);
  switch (kind) {
    case sigmoid:
      return logisticOf<T>(x);
    case tanh:
      return tangentOf<T>(x);
    case relu:
      return v128.max<T>(x, zero);
    case leakyRelu:
      return v128.bitselect(x, v128.mul<T>(x, constant<T>(parameter)), greater<T>(x, 0));
    case elu: {
      const below = v128.mul<T>(constant<T>(parameter), v128.sub<T>(exponentialBelowZero<T>(x), one));
      return v128.bitselect(x, below, greater<T>(x, 0));
    }
    case selu: {
      const below = v128.mul<T>(constant<T>(seluScale * seluAlpha), v128.sub<T>(exponentialBelowZero<T>(x), one));
      return v128.bitselect(v128.mul<T>(x, constant<T>(seluScale)), below, greater<T>(x, 0));
    }
    case gelu:
      return v128.mul<T>(x, normalDistributionOf<T>(x, normalDensity<T>(x)));
    case geluTanh: {
      const factor = v128.add<T>(one, geluTangent<T>(x));
      return v128.mul<T>(v128.mul<T>(constant<T>(0.5), x), factor);
    }
    case silu:
      return v128.mul<T>(x, logisticOf<T>(x));
    case mish:
      return v128.mul<T>(x, mishFactor<T>(x));
    case softplus: {
      // From 20 on PyTorch takes x itself.
      const rest = logarithmOfOnePlus<T>(exponentialOf<T>(v128.neg<T>(v128.abs<T>(x))));
      return v128.bitselect(x, v128.add<T>(v128.max<T>(x, zero), rest), greater<T>(x, 20));
    }
    case softsign:
      return v128.div<T>(x, v128.add<T>(one, v128.abs<T>(x)));
    case hardTanh:
      return clamp<T>(x, -1, 1);
    case hardSigmoid:
      return v128.div<T>(clamp<T>(v128.add<T>(x, constant<T>(3)), 0, 6), constant<T>(6));
    case hardSwish: {
      const factor = clamp<T>(v128.add<T>(x, constant<T>(3)), 0, 6);
      return v128.div<T>(v128.mul<T>(x, factor), constant<T>(6));
    }
    case relu6:
      return clamp<T>(x, 0, 6);
    case exponential:
      return exponentialOf<T>(x);
    default:
      return x;
  }
}

/** φ′(x) in each lane, given x and y = φ(x). */
export function slopeOf<T>(kind: i32, x: v128, y: v128, parameter: f64): v128 {
  const zero = v128.splat<T>(0);
  const one = constant<T>(1);
  switch (kind) {
    case sigmoid:
      return v128.mul<T>(y, v128.sub<T>(one, y));
    case tanh:
      return v128.mul<T>(v128.sub<T>(one, y), v128.add<T>(one, y));
    case relu:
      return v128.and(one, greater<T>(x, 0));
    case leakyRelu:
      return v128.bitselect(one, constant<T>(parameter), greater<T>(x, 0));
    case elu: {
      const below = v128.mul<T>(constant<T>(parameter), exponentialBelowZero<T>(x));
      return v128.bitselect(one, below, greater<T>(x, 0));
    }
    case selu: {
      const below = v128.mul<T>(constant<T>(seluScale * seluAlpha), exponentialBelowZero<T>(x));
      return v128.bitselect(constant<T>(seluScale), below, greater<T>(x, 0));
    }
    case gelu: {
      const density = normalDensity<T>(x);
      const distribution = normalDistributionOf<T>(x, density);
      return v128.add<T>(distribution, v128.mul<T>(x, v128.mul<T>(constant<T>(normalPeak), density)));
    }
    case geluTanh: {
      const tangent = geluTangent<T>(x);
      const slope = v128.sub<T>(one, v128.mul<T>(tangent, tangent));
      const inner = v128.add<T>(one, v128.mul<T>(constant<T>(3 * geluCubic), v128.mul<T>(x, x)));
      const second = v128.mul<T>(v128.mul<T>(x, slope), v128.mul<T>(constant<T>(geluRoot), inner));
      return v128.mul<T>(constant<T>(0.5), v128.add<T>(v128.add<T>(one, tangent), second));
    }
    case silu: {
      const gate = logisticOf<T>(x);
      const opposite = logisticOf<T>(v128.neg<T>(x));
      return v128.mul<T>(gate, v128.add<T>(one, v128.mul<T>(x, opposite)));
    }
    case mish: {
      const factor = mishFactor<T>(x);
      const slope = v128.mul<T>(v128.sub<T>(one, factor), v128.add<T>(one, factor));
      return v128.add<T>(factor, v128.mul<T>(v128.mul<T>(x, logisticOf<T>(x)), slope));
    }
    case softplus:
      return v128.bitselect(one, logisticOf<T>(x), greater<T>(x, 20));
    case softsign: {
      const size = v128.add<T>(one, v128.abs<T>(x));
      return v128.div<T>(one, v128.mul<T>(size, size));
    }
    case hardTanh:
      return v128.and(one, between<T>(x, -1, 1));
    case hardSigmoid:
      // PyTorch's sixth is that of float32 in either precision.
      return v128.and(constant<T>(<f64>(<f32>(1.0 / 6.0))), between<T>(x, -3, 3));
    case hardSwish: {
      const inner = v128.add<T>(v128.div<T>(x, constant<T>(3)), constant<T>(0.5));
      const upper = v128.bitselect(one, inner, greater<T>(x, 3));
      return v128.bitselect(zero, upper, v128.lt<T>(x, constant<T>(-3)));
    }
    case relu6:
      return v128.and(one, between<T>(x, 0, 6));
    case exponential:
      return y;
    default:
      return one;
  }
}
