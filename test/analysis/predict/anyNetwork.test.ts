/** Whatever is asked, the answer is numbers in order or a reason in words: never NaN, never an exception. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predict } from '../../../src/analysis/predict/predict.ts';
import type { Batch } from '../../../src/analysis/predict/sampleChoice.ts';
import type { ActivationName, Initialiser, Layer, LossName } from '../../../src/language/network.ts';
import { activationNamed, dense, layerCommon, networkOf } from './networks.ts';

const activations = fc.constantFrom<ActivationName>(
  'linear',
  'sigmoid',
  'tanh',
  'relu',
  'leaky_relu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'softsign',
  'hard_tanh',
  'hard_sigmoid',
  'hard_swish',
  'relu6',
  'exponential',
  'softmax',
);

const initialisers = fc.oneof(
  fc.constantFrom<Initialiser>(
    { name: 'default' },
    { name: 'zeros' },
    { name: 'ones' },
    { name: 'xavier_uniform', gain: 1 },
    { name: 'kaiming_normal', gain: Math.SQRT2 },
    { name: 'orthogonal', gain: 1.5 },
    { name: 'constant', value: 0.3 },
  ),
  fc
    .double({ min: 1e-9, max: 1e9, noNaN: true })
    .map((deviation): Initialiser => ({ name: 'normal', mean: 0, deviation })),
);

const hidden = fc.record({
  kind: fc.constantFrom(
    'dense',
    'dense',
    'dense',
    'layernorm',
    'rmsnorm',
    'batchnorm',
    'dropout',
    'residual',
  ),
  units: fc.integer({ min: 1, max: 9 }),
  activation: activations,
  init: initialisers,
  biasInit: initialisers,
});

type Hidden = typeof hidden extends fc.Arbitrary<infer One> ? One : never;

function layersOf(parts: readonly Hidden[], outputs: number, last: ActivationName): readonly Layer[] {
  const layers: Layer[] = [];
  let shape: readonly number[] = [2];
  for (const { kind, units, activation, init, biasInit } of parts) {
    const index = layers.length;
    const common = (parameters: number) =>
      layerCommon(index, `${kind}${index + 1}`, shape, shape, parameters);
    switch (kind) {
      case 'layernorm':
      case 'rmsnorm':
      case 'batchnorm':
        layers.push({ ...common(kind === 'rmsnorm' ? shape[0] : 2 * shape[0]), kind, epsilon: 1e-5 });
        break;
      case 'dropout':
        layers.push({ ...common(0), kind, probability: 0.5 });
        break;
      case 'residual': {
        layers.push(dense(index, shape[0], shape[0], { activation, init, biasInit }));
        const joined = layerCommon(index + 1, `residual${index + 2}`, shape, shape, 0);
        layers.push({ ...joined, inputs: [index, index - 1], kind: 'residual', project: false });
        break;
      }
      default:
        layers.push(dense(index, shape[0], units, { activation, init, biasInit }));
        shape = [units];
    }
  }
  layers.push(dense(layers.length, shape[0], outputs, { activation: activationNamed(last) }));
  return layers;
}

/** Inputs so small that what batch normalisation passes back is rounding, once below zero. */
const allButConstant: [Hidden[], number, LossName, number, number[]] = [
  [
    part({ kind: 'batchnorm' }),
    part({ units: 3, biasInit: { name: 'zeros' } }),
    part({ kind: 'batchnorm' }),
    part({ activation: 'silu' }),
  ],
  2,
  'mse',
  19,
  [0, 2.997139069090071e-80, 0],
];

function part(own: Partial<Hidden>): Hidden {
  const init: Initialiser = { name: 'default' };
  return { kind: 'dense', units: 1, activation: 'linear', init, biasInit: init, ...own };
}

test('any small network', () => {
  fc.assert(
    fc.property(
      fc.array(hidden, { maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom<LossName>('mse', 'mae', 'huber', 'bce', 'bce_with_logits', 'cross_entropy', 'hinge'),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 10 }),
      (parts, outputs, loss, count, numbers) => {
        const layers = layersOf(parts, outputs, loss === 'bce' ? 'sigmoid' : 'linear');
        const classes = loss === 'cross_entropy' || loss === 'hinge';
        const batch: Batch = {
          inputs: Float64Array.from({ length: 2 * count }, (_, index) => numbers[index % numbers.length]),
          targets: Float64Array.from({ length: count * (classes ? 1 : outputs) }, (_, index) => index % 2),
          count,
          target: classes
            ? { type: 'classes', classes: Math.max(2, outputs) }
            : { type: 'values', size: outputs },
        };
        // A label that no output unit stands for is the language's error, not the predictor's.
        fc.pre(!(classes && outputs === 1 && loss === 'cross_entropy'));
        const prediction = predict(networkOf([2], layers, loss), batch);
        if (prediction.type === 'not-predictable') {
          expect(prediction.reason).toMatch(/^[a-z]/);
          return;
        }
        expect(prediction.layers).toHaveLength(layers.filter(({ parameters }) => parameters > 0).length);
        for (const { norm, p10, p90, error } of prediction.layers) {
          expect([norm, p10, p90, error].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
          expect(p10 <= norm && norm <= p90).toBe(true);
        }
      },
    ),
    { numRuns: 30, examples: [allButConstant] },
  );
}, 60_000);
