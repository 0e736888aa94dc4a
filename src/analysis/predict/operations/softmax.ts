/** softmax over the units of a hidden layer: it couples them, so whole layers are drawn and followed exactly, a single unit included. */
import { NormalDraws } from '../normalDraws.ts';
import { hadamard } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import { pointsOf, type Signal } from '../signal.ts';
import { drawnSignal } from './drawnSignal.ts';
import { transposed } from './positions.ts';

/** So many units are drawn in all, in layers of the real size. */
const drawnUnits = 1024;

/** y = softmax(z) at every point. */
export function softmaxOperation(input: Signal, seed: number): Operation {
  const points = pointsOf(input);
  const units = input.features;
  const layers = Math.max(1, Math.floor(drawnUnits / units));
  const values = softmaxOfLayers(input.drawFeatures(layers * units, new NormalDraws(seed)), units, points);
  const derivative = new Float64Array(points * points);
  for (let layer = 0; layer < layers; layer++) {
    addJacobian(
      derivative,
      values.subarray(layer * units * points, (layer + 1) * units * points),
      units,
      1 / layers,
    );
  }
  return {
    signal: drawnSignal(input, values, (count, draws) => {
      const whole = Math.ceil(count / units) * units;
      return softmaxOfLayers(input.drawFeatures(whole, draws), units, points).slice(0, count * points);
    }),
    backward: (error) => [hadamard(error, derivative)],
    spread: { type: 'pass' },
  };
}

/** Softmax within each layer of `units` rows of points. */
export function softmaxOfLayers(values: Float64Array, units: number, points: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += units * points) {
    for (let point = 0; point < points; point++) {
      let largest = -Infinity;
      for (let unit = 0; unit < units; unit++)
        largest = Math.max(largest, values[start + unit * points + point]);
      let total = 0;
      for (let unit = 0; unit < units; unit++) {
        const place = start + unit * points + point;
        total += result[place] = Math.exp(values[place] - largest);
      }
      for (let unit = 0; unit < units; unit++) result[start + unit * points + point] /= total;
    }
  }
  return result;
}

/**
 * δz = y∘(δ − yᵀδ). For errors δ that are unrelated between units, E Σ δzᵢ δzᵢ′ = E[δδ′]·(1/n) Σ yᵢyᵢ′(1 − yᵢ − yᵢ′ + Σⱼ yⱼyⱼ′).
 */
function addJacobian(derivative: Float64Array, layer: Float64Array, units: number, weight: number): void {
  const points = layer.length / units;
  const byPoint = transposed(layer, units, points);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column <= row; column++) {
      let overlap = 0;
      let skewed = 0;
      for (let unit = 0; unit < units; unit++) {
        const [y, other] = [byPoint[row * units + unit], byPoint[column * units + unit]];
        overlap += y * other;
        skewed += y * other * (y + other);
      }
      const value = (weight * (overlap - skewed + overlap * overlap)) / units;
      derivative[row * points + column] += value;
      if (column !== row) derivative[column * points + row] += value;
    }
  }
}
