/** Expected values: Schoenholz et al. 2017 (tanh, σb² = 0.05), He et al. 2015 (relu), and closed forms for linear layers. */
import { describe, expect, test } from 'vitest';
import { depthScale, depthScaleOf, depthScaleSentence } from '../../../src/analysis/predict/depthScale.ts';
import { dense, layerCommon, networkOf, activationNamed, perceptron } from './networks.ts';

describe('tanh with bias variance 0.05', () => {
  test.each([
    [1.0, 0.759, 'ordered'],
    [1.76, 1.0, 'critical'],
    [2.5, 1.134, 'chaotic'],
  ])('at weight variance %d multiplies squared errors by %d a layer: %s', (weight, growth, phase) => {
    const facts = depthScaleOf('hidden', activationNamed('tanh'), { weight, bias: 0.05, biasMean: 0 });
    expect(facts.growth).toBeCloseTo(growth, 3);
    expect(facts.phase).toBe(phase);
  });

  test('is critical at 1.76', () => {
    const facts = depthScaleOf('hidden', activationNamed('tanh'), { weight: 1, bias: 0.05, biasMean: 0 });
    expect(facts.criticalWeightVariance).toBeCloseTo(1.76, 2);
  });

  test('the error falls to a thousandth in ln 1000 / −ln √χ layers', () => {
    const facts = depthScaleOf('hidden', activationNamed('tanh'), { weight: 1, bias: 0.05, biasMean: 0 });
    expect(facts.layersToThousand).toBeCloseTo(Math.log(1000) / -Math.log(Math.sqrt(0.759)), 0);
  });
});

describe('rectifiers and linear layers', () => {
  test('relu is critical at 2, whatever its variance', () => {
    const facts = depthScaleOf('hidden', activationNamed('relu'), { weight: 1, bias: 0, biasMean: 0 });
    expect(facts.growth).toBeCloseTo(0.5, 12);
    expect(facts.criticalWeightVariance).toBeCloseTo(2, 9);
  });

  test('a linear layer is critical at 1 and takes forever there', () => {
    const facts = depthScaleOf('hidden', activationNamed('linear'), { weight: 1, bias: 0, biasMean: 0 });
    expect([facts.phase, facts.layersToThousand]).toEqual(['critical', Infinity]);
  });
});

describe('of a network', () => {
  test('PyTorch’s default is ordered for tanh: weight variance times fan-in is 1/3', () => {
    const facts = depthScale(perceptron([2, 64, 64, 64, 1], 'mse', { activation: 'tanh' }));
    if (facts === undefined) throw new Error('Nothing was said');
    expect(facts.weightVariance).toBeCloseTo(1 / 3, 12);
    expect(facts.biasVariance).toBeCloseTo(1 / 192, 12);
    expect([facts.layer, facts.phase]).toEqual(['dense2', 'ordered']);
    expect(depthScaleSentence(facts)).toMatch(
      /^Ordered: deep inside, each layer passes on 0\.57\d of the error, 1,000 times less after 12 layers\. The weights' variance times fan-in is 0\.333; tanh passes errors on unchanged at 1\.\d\d\.$/,
    );
  });

  test('nothing is said of a single hidden layer, of shortcuts or of normalised layers', () => {
    expect(depthScale(perceptron([2, 64, 1], 'mse', { activation: 'tanh' }))).toBeUndefined();
    const layers = [
      dense(0, 2, 8, { activation: 'relu' }),
      dense(1, 8, 8, { activation: 'relu' }),
      { ...layerCommon(2, 'layernorm1', [8], [8], 16), kind: 'layernorm' as const, epsilon: 1e-5 },
      dense(3, 8, 8, { activation: 'relu' }),
      dense(4, 8, 1),
    ];
    expect(depthScale(networkOf([2], layers, 'mse'))).toBeUndefined();
  });
});
