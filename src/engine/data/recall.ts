import type { DrawSamples } from './dataSet.ts';

/**
 * Associative recall (Graves, Wayne & Danihelka 2014; as key-value pairs: Ba et al. 2016): pairs of a key and a value, then
 * question marks, then one of the keys; the target is the value that belongs to it. `length` is the number of time steps of
 * the whole sequence: as many pairs as fit, no key twice, and question marks for what is left, at least one.
 *
 * Tokens 0 … classes − 1 are the keys, classes … 2 classes − 1 the values, 2 classes the question mark.
 */
export const recall: DrawSamples<'recall'> = ({ samples, length, classes }, random) => {
  const pairs = Math.min(classes, Math.floor((length - 2) / 2));
  const inputs = new Float64Array(samples * length).fill(2 * classes);
  const targets = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * length;
    const keys = random.permutation(classes).subarray(0, pairs);
    const asked = random.integer(pairs);
    keys.forEach((key, pair) => {
      const value = random.integer(classes);
      inputs[start + 2 * pair] = key;
      inputs[start + 2 * pair + 1] = classes + value;
      if (pair === asked) {
        inputs[start + length - 1] = key;
        targets[sample] = value;
      }
    });
  }
  return { inputs, targets };
};
