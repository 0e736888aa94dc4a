/** The sum of signals: residual connections and `add`. */
import { addScaled, trace } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import type { Signal } from '../signal.ts';

/** A signal and how often it is in the sum: along identity paths the same signal can arrive twice. */
export interface Term {
  readonly signal: Signal;
  readonly times: number;
}

/**
 * Σ times·signal. Different signals come from different random weights: they share nothing but what activations leave as a mean
 * (that of relu is positive in every draw), hence the product of means.
 */
export function sumOperation(terms: readonly Term[]): Operation {
  const first = terms[0].signal;
  const points = first.mean.length;
  const second = new Float64Array(points * points);
  const mean = new Float64Array(points);
  for (const { signal, times } of terms) {
    addScaled(second, signal.second, times * times);
    addScaled(mean, signal.mean, times);
  }
  const shares = terms.map(({ signal, times }) => times * times * trace(signal.second));
  for (const [index, one] of terms.entries()) {
    for (const other of terms.slice(index + 1)) {
      addProducts(second, one, other);
    }
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return {
    signal: {
      samples: first.samples,
      spatial: first.spatial,
      features: first.features,
      second,
      mean,
      kurtosis: 3,
      drawFeatures: (count, draws) => {
        const sum = new Float64Array(count * points);
        for (const { signal, times } of terms) addScaled(sum, signal.drawFeatures(count, draws), times);
        return sum;
      },
    },
    backward: () => {
      throw new Error('The error of a sum goes to its terms, not to its inputs');
    },
    spread: { type: 'sum', shares: shares.map((share) => (total > 0 ? share / total : 0)) },
  };
}

function addProducts(second: Float64Array, one: Term, other: Term): void {
  const points = one.signal.mean.length;
  const factor = one.times * other.times;
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      second[row * points + column] +=
        factor *
        (one.signal.mean[row] * other.signal.mean[column] + other.signal.mean[row] * one.signal.mean[column]);
    }
  }
}
