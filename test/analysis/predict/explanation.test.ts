/** The sentences and candidates that a person reads. Expected numbers: derivatives and gains in closed form. */
import { describe, expect, test } from 'vitest';
import { attributionSentence } from '../../../src/analysis/predict/attribution.ts';
import { predict } from '../../../src/analysis/predict/predict.ts';
import { activationChanges, initialiserChanges, whatIf } from '../../../src/analysis/predict/whatIf.ts';
import type { Activation, CheckedNetwork } from '../../../src/language/network.ts';
import { dense, networkOf, perceptron, type DenseOptions } from './networks.ts';

const batch = {
  inputs: Float64Array.from({ length: 64 }, (_, index) => Math.sin(1.7 * index) + Math.cos(0.3 * index)),
  targets: Float64Array.from({ length: 32 }, (_, index) => index % 2),
  count: 32,
  target: { type: 'classes', classes: 2 },
} as const;

/** `count` equal hidden layers, as a repeat makes them. */
function repeated(count: number, options: DenseOptions): CheckedNetwork {
  const span = { from: 10, to: 20 };
  const hidden = Array.from({ length: count }, (_, index) => ({
    ...dense(index, index === 0 ? 2 : 16, 16, options),
    name: `hidden[${index + 1}]`,
    line: 3,
    span,
    repeat: { line: 3, span, instance: index + 1, count },
  }));
  return networkOf(
    [2],
    [...hidden, dense(count, 16, 1, { init: options.init ?? { name: 'default' } })],
    'bce_with_logits',
  );
}

function sentence(network: CheckedNetwork, name: string): string | undefined {
  const prediction = predict(network, batch);
  if (prediction.type !== 'predicted') throw new Error(prediction.reason);
  return attributionSentence(network, prediction.layers, name);
}

describe('why a gradient is small', () => {
  const glorot = { name: 'xavier_uniform', gain: 1 } as const;

  test('sigmoid with Glorot’s weights: the derivative alone', () => {
    // Weights of variance 1/16 and 16 units: a gain of 1. σ′ is at most ¼.
    expect(sentence(repeated(8, { activation: 'sigmoid', init: glorot }), 'hidden[3]')).toMatch(
      /^sigmoid′ averages 0\.2[34]\d here and the weights neither grow nor shrink the signal, so each layer passes on 0\.2[34]\d of it: 4\.\d times less per layer\.$/,
    );
  });

  test('linear layers with PyTorch’s weights: the weights alone, a gain of √⅓', () => {
    expect(sentence(repeated(5, { activation: 'linear' }), 'hidden[2]')).toBe(
      'The weights shrink the signal to 0.577 of it, so each layer passes on 0.577 of it: 1.7 times less per layer.',
    );
  });

  test('relu with He’s weights passes everything on: √½ and √2', () => {
    const init = { name: 'kaiming_normal', gain: Math.SQRT2 } as const;
    expect(
      sentence(repeated(5, { activation: 'relu', init, biasInit: { name: 'zeros' } }), 'hidden[2]'),
    ).toBe(
      'relu′ averages 0.707 here and the weights make the signal 1.4 times larger, so each layer passes the error on as it is.',
    );
  });

  test('single layers are spoken of one by one, the last not at all', () => {
    const network = perceptron([2, 16, 1], 'bce_with_logits', { activation: 'sigmoid' });
    expect(sentence(network, 'dense1')).toMatch(/ of the error of dense2 arrives: \d+\.\d times less\.$/);
    expect(sentence(network, 'dense2')).toBeUndefined();
  });

  test('nothing is explained beside an exact zero', () => {
    expect(
      sentence(repeated(3, { activation: 'tanh', init: { name: 'zeros' } }), 'hidden[1]'),
    ).toBeUndefined();
  });

  test('the split is exact: gain x derivative x input is the ratio of squared norms without biases', () => {
    const network = repeated(6, { activation: 'tanh', bias: false });
    const prediction = predict(network, batch, { bands: false });
    if (prediction.type !== 'predicted') throw new Error(prediction.reason);
    const { layers } = prediction;
    layers.slice(0, -2).forEach(({ norm, decay }, index) => {
      const ratio = (norm / layers[index + 1].norm) ** 2;
      const { gain, derivative, input } = decay ?? { gain: NaN, derivative: NaN, input: NaN };
      expect((gain * derivative * input) / ratio).toBeCloseTo(1, 9);
    });
  });
});

describe('what if', () => {
  const network = repeated(8, { activation: 'sigmoid', init: { name: 'xavier_uniform', gain: 1 } });

  test('every activation and initialiser is tried, on all instances of the repeat', () => {
    const changes = [...activationChanges(), ...initialiserChanges()];
    const found = [...whatIf(network, batch, 2, changes)];
    expect(found.map(({ words }) => words)).toContain('relu + kaiming_normal');
    // Eight exponentials one after another leave the range of numbers: nothing can be said of them.
    const unsaid = changes.filter((change) => !found.some((one) => one.change === change));
    expect(unsaid.map(({ activation }) => activation?.name)).toEqual(['exponential']);
  });

  test('relu with He’s weights gives back what sigmoid takes: (√1 / 0.24)⁸ ≈ 10⁵ times', () => {
    const change = {
      activation: { name: 'relu', parameter: 0 } satisfies Activation,
      init: { name: 'kaiming_normal', gain: Math.SQRT2 },
    } as const;
    const [found] = [...whatIf(network, batch, 0, [change])];
    expect(Math.log10(found.norm / found.now)).toBeCloseTo(5, 0);
    expect(found.text).toMatch(/^relu \+ kaiming_normal: 0\.\d+, [\d,]+ times more$/);
  });

  test('the network’s own choice is said to be that, and zeros to be zero', () => {
    const [own, zeros] = [
      ...whatIf(network, batch, 0, [
        { init: { name: 'xavier_normal', gain: 1 } },
        { init: { name: 'zeros' } },
      ]),
    ];
    expect(own.text).toMatch(/^xavier_normal: \d\.\d\de-\d, as it is now$/);
    expect(zeros.text).toBe('zeros: 0');
  });
});
