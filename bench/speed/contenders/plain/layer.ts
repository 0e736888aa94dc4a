/** What the layers of the plain reference have in common. */
import type { WrittenLayer } from '../../comparison/exchange.ts';

/** A layer over row-major Float32Arrays. */
export interface PlainLayer {
  readonly outputShape: readonly number[];
  readonly tensors: readonly Float32Array[];
  /** As `tensors`. */
  readonly gradients: readonly Float32Array[];
  forward(x: Float32Array): Float32Array;
  /** Fills the gradients; gives the error at the input where it is wanted. */
  backward(error: Float32Array, inputErrorWanted: boolean): Float32Array;
}

/** What a layer is made from. */
export interface Making {
  readonly batch: number;
  readonly inputShape: readonly number[];
  readonly layer: WrittenLayer;
  readonly tensors: readonly Float32Array[];
}

type Activation = WrittenLayer['activation'];

/** Applies φ in place. */
export function activate(z: Float32Array, activation: Activation): void {
  for (let i = 0; i < z.length; i += 1) z[i] = value(z[i], activation);
}

function value(z: number, activation: Activation): number {
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return Math.max(z, 0);
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    default:
      throw new Error(`Unknown activation: ${JSON.stringify(activation satisfies never)}`);
  }
}

/** The error at the pre-activation from the one at the output y. */
export function throughActivation(
  error: Float32Array,
  y: Float32Array,
  activation: Activation,
): Float32Array {
  return error.map((e, i) => e * slope(y[i], activation));
}

function slope(y: number, activation: Activation): number {
  switch (activation) {
    case 'linear':
      return 1;
    case 'relu':
      return y > 0 ? 1 : 0;
    case 'tanh':
      return 1 - y * y;
    case 'sigmoid':
      return y * (1 - y);
    default:
      throw new Error(`Unknown activation: ${JSON.stringify(activation satisfies never)}`);
  }
}

/** Adds W x of each of `rows` rows to y; W is outputs x inputs. */
export function addProduct(y: Float32Array, weights: Float32Array, x: Float32Array, rows: number): void {
  const inputs = x.length / rows;
  const outputs = y.length / rows;
  for (let row = 0; row < rows; row += 1) {
    for (let output = 0; output < outputs; output += 1) {
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) sum += weights[output * inputs + i] * x[row * inputs + i];
      y[row * outputs + output] += sum;
    }
  }
}

/** Wᵀ e of each of `rows` rows. */
export function transposedProduct(weights: Float32Array, error: Float32Array, rows: number): Float32Array {
  const outputs = error.length / rows;
  const inputs = weights.length / outputs;
  const result = new Float32Array(rows * inputs);
  for (let row = 0; row < rows; row += 1) {
    for (let output = 0; output < outputs; output += 1) {
      const e = error[row * outputs + output];
      for (let i = 0; i < inputs; i += 1) result[row * inputs + i] += e * weights[output * inputs + i];
    }
  }
  return result;
}

/** Adds e xᵀ, summed over the rows, to W's gradient and e to the bias's. */
export function addGradients(
  [weights, bias]: readonly [Float32Array, Float32Array],
  error: Float32Array,
  x: Float32Array,
): void {
  const outputs = bias.length;
  const inputs = weights.length / outputs;
  for (let row = 0; row < error.length / outputs; row += 1) {
    for (let output = 0; output < outputs; output += 1) {
      const e = error[row * outputs + output];
      bias[output] += e;
      for (let i = 0; i < inputs; i += 1) weights[output * inputs + i] += e * x[row * inputs + i];
    }
  }
}
