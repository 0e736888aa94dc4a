import { elementary } from '../kernels/load.ts';
import { Random } from '../random.ts';
import { sizeOf, type DrawSamples } from './dataSet.ts';

/**
 * Standard normal inputs of the shape that the network takes; targets come from a fixed random network, the teacher:
 * V tanh(W x) with W ~ N(0, 1/inputs) and V ~ N(0, 1/hidden), plus normal noise. Every target has about unit scale.
 */
export const teacher: DrawSamples<'teacher'> = (
  { samples, noise, hidden, seed },
  random,
  { inputShape, target },
) => {
  const size = sizeOf(inputShape);
  const outputs = target.type === 'values' ? target.size : 1;
  const weights = new Random(seed, 'teacher');
  const first = drawNormal(hidden * size, 1 / Math.sqrt(size), weights);
  const second = drawNormal(outputs * hidden, 1 / Math.sqrt(hidden), weights);
  const inputs = drawNormal(samples * size, 1, random);
  const targets = new Float64Array(samples * outputs);
  for (let sample = 0; sample < samples; sample++) {
    const units = multiply(first, inputs.subarray(sample * size, (sample + 1) * size)).map(tanh);
    multiply(second, units).forEach((exact, output) => {
      targets[sample * outputs + output] = random.normal(exact, noise);
    });
  }
  return { inputs, targets };
};

function drawNormal(length: number, deviation: number, random: Random): Float64Array {
  return new Float64Array(length).map(() => random.normal(0, deviation));
}

/** The product of a row-major matrix and a vector. */
function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: matrix.length / vector.length }, (_, row) =>
    vector.reduce((sum, value, column) => sum + value * matrix[row * vector.length + column], 0),
  );
}

function tanh(x: number): number {
  return 1 - 2 / (elementary.exponential(2 * x) + 1);
}
