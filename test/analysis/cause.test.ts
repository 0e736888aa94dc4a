/** A stretch of layers with given factors: what the sentence says follows from them by powers. */
import { describe, expect, test } from 'vitest';
import { causeEvidence, causeOf, causeSentence } from '../../src/analysis/cause.ts';
import { sampleRun } from './sampleRun.ts';

/** Five layers in which φ′ leaves 0.25 of the error, the weights half of that, and inputs grow by `input` towards the input. */
function causeWith(input: number) {
  const depth = 4;
  const { recording } = sampleRun({
    layers: depth + 1,
    activation: 'sigmoid',
    quantities: {
      error: (layer) => 0.125 ** (depth - layer),
      outputError: (layer) => 0.125 ** (depth - layer) / 0.25,
      inputNorm: (layer) => input ** (depth - layer),
    },
  });
  const cause = causeOf(recording, { from: 0, to: 10 }, 0, depth);
  if (cause === undefined) throw new Error('No cause was found');
  return cause;
}

describe('the cause of a decay', () => {
  test('splits it into derivative, gain and size of the input', () => {
    const cause = causeWith(2);
    expect(cause.derivative).toBeCloseTo(0.25, 12);
    expect(cause.gain).toBeCloseTo(0.5, 12);
    expect(cause.input).toBeCloseTo(2, 12);
    expect(cause.total).toBeCloseTo(0.125 ** 4, 12);
    expect(Object.keys(causeEvidence(cause))).toEqual(['derivative', 'gain', 'input']);
  });

  test('says so in one sentence', () => {
    expect(causeSentence(causeWith(1))).toBe(
      'sigmoid′ averages 0.250 over these layers and the weights pass on 0.500: the error shrinks 8.0 times per layer, 4,100 times over four',
    );
  });

  test('speaks of weights only where there is nothing else', () => {
    const normalised = { ...causeWith(1), onlyWeights: false };
    expect(causeSentence(normalised)).toContain('and what else they do passes on 0.500: the error shrinks');
    expect(causeSentence({ ...normalised, activations: [] })).toMatch(/^these layers pass on 0\.500: /);
  });

  test('is none where a layer adds its error up over time', () => {
    const quantities = { error: 0.1, outputError: 0.2, inputNorm: 1 };
    const window = { from: 0, to: 10 };
    const through = sampleRun({ quantities, timeErrors: [0.1, 0.2] }).recording;
    expect(causeOf(through, window, 0, 3)).toBeUndefined();
    expect(causeOf(through, window, 0, 2)).toBeDefined();
  });

  test('says what the inputs hide, or add', () => {
    expect(causeSentence(causeWith(3))).toMatch(
      /; what enters a layer grows 3\.0 times per layer towards the input, 81 times in all$/,
    );
    expect(causeSentence(causeWith(0.5))).toMatch(
      /; what enters a layer shrinks 2\.0 times per layer towards the input, 16 times in all$/,
    );
  });
});
