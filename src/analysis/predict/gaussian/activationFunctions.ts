/**
 * Each elementwise activation as a function of one number, with its derivative and how smooth that is.
 */
import type { Activation } from '../../../language/network.ts';
import { normalCumulative, normalDensity } from './normal.ts';

/** The worst place of φ′: none, a corner (φ″ jumps) or a jump. */
export type Roughness = 'smooth' | 'corner' | 'jump';

/** φ and φ′ as functions of one pre-activation. */
export interface ScalarFunction {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  readonly roughness: Roughness;
}

/** Klambauer et al. 2017, eq. 14. */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function elu(scale: number, alpha: number): ScalarFunction {
  return {
    value: (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
    derivative: (x) => scale * (x > 0 ? 1 : alpha * Math.exp(x)),
    roughness: alpha === 1 && scale === 1 ? 'corner' : 'jump',
  };
}

/** √(2/π) (x + 0.044715 x³), of which the tanh form of gelu takes the tanh (Hendrycks & Gimpel 2016). */
function geluInner(x: number): number {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
}

function geluTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(geluInner(x)));
}

function geluTanhDerivative(x: number): number {
  const tangent = Math.tanh(geluInner(x));
  const slope = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x ** 2);
  return 0.5 * (1 + tangent) + 0.5 * x * (1 - tangent ** 2) * slope;
}

/** Every elementwise activation of the language; `softmax` couples units and is no function of one number. */
export function scalarFunction(activation: Activation): ScalarFunction {
  const { name, parameter } = activation;
  switch (name) {
    case 'linear':
      return { value: (x) => x, derivative: () => 1, roughness: 'smooth' };
    case 'sigmoid':
      return {
        value: sigmoid,
        derivative: (x) => {
          const y = sigmoid(-Math.abs(x));
          return y * (1 - y);
        },
        roughness: 'smooth',
      };
    case 'tanh':
      return {
        value: Math.tanh,
        derivative: (x) => {
          // 1 − tanh² loses everything in the tails; 4e/(1+e)² with e = e^{−2|x|} does not.
          const e = Math.exp(-2 * Math.abs(x));
          return (4 * e) / ((1 + e) * (1 + e));
        },
        roughness: 'smooth',
      };
    case 'relu':
      return { value: (x) => (x > 0 ? x : 0), derivative: (x) => (x > 0 ? 1 : 0), roughness: 'jump' };
    case 'leaky_relu':
      return {
        value: (x) => (x > 0 ? x : parameter * x),
        derivative: (x) => (x > 0 ? 1 : parameter),
        roughness: 'jump',
      };
    case 'elu':
      return elu(1, parameter);
    case 'selu':
      return elu(seluScale, seluAlpha);
    case 'gelu':
      return {
        value: (x) => x * normalCumulative(x),
        derivative: (x) => normalCumulative(x) + x * normalDensity(x),
        roughness: 'smooth',
      };
    case 'gelu_tanh':
      return { value: geluTanh, derivative: geluTanhDerivative, roughness: 'smooth' };
    case 'silu':
      return {
        value: (x) => x * sigmoid(x),
        derivative: (x) => {
          const y = sigmoid(x);
          return y * (1 + x * (1 - y));
        },
        roughness: 'smooth',
      };
    case 'mish':
      return {
        value: (x) => x * Math.tanh(softplus(x)),
        derivative: (x) => {
          const y = Math.tanh(softplus(x));
          return y + x * (1 - y * y) * sigmoid(x);
        },
        roughness: 'smooth',
      };
    case 'softplus':
      return { value: softplus, derivative: sigmoid, roughness: 'smooth' };
    case 'softsign':
      return {
        value: (x) => x / (1 + Math.abs(x)),
        derivative: (x) => 1 / (1 + Math.abs(x)) ** 2,
        roughness: 'corner',
      };
    case 'hard_tanh':
      return {
        value: (x) => Math.max(-1, Math.min(1, x)),
        derivative: (x) => (x > -1 && x < 1 ? 1 : 0),
        roughness: 'jump',
      };
    case 'hard_sigmoid':
      return {
        value: (x) => Math.max(0, Math.min(1, x / 6 + 0.5)),
        derivative: (x) => (x > -3 && x < 3 ? 1 / 6 : 0),
        roughness: 'jump',
      };
    case 'hard_swish':
      return {
        value: (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)),
        derivative: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5),
        roughness: 'jump',
      };
    case 'relu6':
      return {
        value: (x) => Math.max(0, Math.min(6, x)),
        derivative: (x) => (x > 0 && x < 6 ? 1 : 0),
        roughness: 'jump',
      };
    case 'exponential':
      return { value: Math.exp, derivative: Math.exp, roughness: 'smooth' };
    case 'softmax':
      throw new Error('softmax is not an elementwise activation');
    default:
      return name satisfies never;
  }
}
