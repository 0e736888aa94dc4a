import type { DrawSamples } from './dataSet.ts';

/** Symbols to remember, where the sequence is long enough. */
const mostSymbols = 10;

/**
 * The copying memory problem (Hochreiter & Schmidhuber 1997; in the form of Arjovsky, Shah & Bengio 2016) as tokens: ten
 * random symbols, a long blank, a cue, and ten blank steps in which the symbols must be repeated in order. `length` is the
 * number of time steps of the whole sequence; below 21 there are as many symbols as fit twice beside the cue.
 *
 * Tokens 0 … classes − 1 are the symbols, `classes` is the blank, `classes + 1` the cue. The target is a token at every
 * step: the blank, and at the end the symbols.
 */
export const copy: DrawSamples<'copy'> = ({ samples, length, classes }, random) => {
  const blank = classes;
  const cue = classes + 1;
  const symbols = Math.min(mostSymbols, Math.floor((length - 1) / 2));
  const inputs = new Float64Array(samples * length).fill(blank);
  const targets = new Float64Array(samples * length).fill(blank);
  for (let sample = 0; sample < samples; sample++) {
    const start = sample * length;
    const answer = start + length - symbols;
    for (let position = 0; position < symbols; position++) {
      const symbol = random.integer(classes);
      inputs[start + position] = symbol;
      targets[answer + position] = symbol;
    }
    inputs[answer - 1] = cue;
  }
  return { inputs, targets };
};
