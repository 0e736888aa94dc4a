import type { DrawSamples } from './dataSet.ts';

/** Random bits, 0 or 1; class 1 where the number of ones is odd (Minsky & Papert 1969). */
export const parity: DrawSamples<'parity'> = ({ samples, bits }, random) => {
  const inputs = new Float64Array(samples * bits).map(() => random.integer(2));
  const targets = Float64Array.from({ length: samples }, (_, sample) => {
    const ones = inputs.subarray(sample * bits, (sample + 1) * bits).reduce((sum, bit) => sum + bit, 0);
    return ones % 2;
  });
  return { inputs, targets };
};
