/**
 * Expected values: `dual-activations.json`, a two-dimensional quadrature in numpy with 1600² points, which states its own error
 * (1e-8 for smooth activations, about 1e-3 on E[φ′φ′] where φ′ jumps), and closed forms from the papers.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ActivationName } from '../../../../src/language/network.ts';
import { dualActivation } from '../../../../src/analysis/predict/gaussian/dual.ts';
import { fine, quick, type Precision } from '../../../../src/analysis/predict/gaussian/gradedRule.ts';
import { activationNamed } from '../networks.ts';

interface Row {
  readonly act: string;
  readonly qi: number;
  readonly qj: number;
  readonly c: number;
  readonly K: number;
  readonly Kdot: number;
  readonly mean_i: number;
  readonly K_ii: number;
  readonly Kdot_ii: number;
}

const file = new URL('../../../fixtures/prediction/dual-activations.json', import.meta.url);
const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: readonly Row[] };

const smooth = new Set(['identity', 'sigmoid', 'tanh', 'gelu', 'silu', 'softplus', 'mish']);
/** φ′ has a corner: the reference's grid loses some digits at it, φ′′ being what jumps. */
const cornered = new Set(['elu', 'softsign', 'hard_swish']);

function pairOf(row: Row, precision: Precision) {
  const covariance = row.c * Math.sqrt(row.qi * row.qj);
  const activation = activationNamed((row.act === 'identity' ? 'linear' : row.act) as ActivationName);
  const dual = dualActivation(
    activation,
    new Float64Array(2),
    Float64Array.of(row.qi, covariance, covariance, row.qj),
    precision,
  );
  return {
    value: dual.value[1] / row.K - 1,
    derivative: dual.derivative[1] / row.Kdot - 1,
    square: dual.value[0] / row.K_ii - 1,
    derivativeSquare: dual.derivative[0] / row.Kdot_ii - 1,
    mean: dual.mean[0] - row.mean_i,
  };
}

describe.each(
  rows.map((row) => [`${row.act} at variances ${row.qi}, ${row.qj}, correlation ${row.c}`, row] as const),
)('%s', (_, row) => {
  test('with many terms is the reference to its stated error', () => {
    const error = pairOf(row, fine);
    const [value, derivative] = smooth.has(row.act)
      ? [1e-8, 1e-8]
      : cornered.has(row.act)
        ? [3e-6, 1e-3]
        : [4e-5, 1e-3];
    expect(Math.abs(error.value)).toBeLessThan(value);
    expect(Math.abs(error.square)).toBeLessThan(value);
    expect(Math.abs(error.derivative)).toBeLessThan(derivative);
    expect(Math.abs(error.derivativeSquare)).toBeLessThan(derivative);
    expect(Math.abs(error.mean)).toBeLessThan(1e-5);
  });

  test('with the terms of a prediction errs by less than a thousandth', () => {
    const error = pairOf(row, quick);
    const worst = smooth.has(row.act) ? 1e-4 : 1e-3;
    for (const one of Object.values(error)) expect(Math.abs(one)).toBeLessThan(worst);
  });
});

/** E f(u, v) by a trapezoid rule on ±9 deviations, an independent and slow way. */
function byGrid(c: number, f: (u: number, v: number) => number): number {
  const points = 1200;
  const step = 18 / points;
  let sum = 0;
  for (let i = 0; i <= points; i++) {
    const u = -9 + i * step;
    for (let j = 0; j <= points; j++) {
      const w = -9 + j * step;
      sum += Math.exp(-(u * u + w * w) / 2) * f(u, c * u + Math.sqrt(1 - c * c) * w);
    }
  }
  return (sum * step * step) / (2 * Math.PI);
}

describe('activations and biases that the reference leaves out', () => {
  const cases: readonly (readonly [ActivationName, number, (x: number) => number, (x: number) => number])[] =
    [
      ['relu6', 0, (x) => Math.min(6, Math.max(0, x)), (x) => (x > 0 && x < 6 ? 1 : 0)],
      ['exponential', 0, Math.exp, Math.exp],
      ['relu', 0.5, (x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0)],
      ['tanh', -1, Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
      ['elu', 0.3, (x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
      ['hard_tanh', 0.4, (x) => Math.max(-1, Math.min(1, x)), (x) => (Math.abs(x) < 1 ? 1 : 0)],
    ];
  test.each(cases)('%s around %d', (name, mean, value, derivative) => {
    const [q, c] = [0.8, 0.6];
    const s = Math.sqrt(q);
    const dual = dualActivation(
      activationNamed(name),
      Float64Array.of(mean, mean),
      Float64Array.of(q, c * q, c * q, q),
    );
    // A grid of spacing 0.015 finds a jump to within half a cell: 0.015/2 · density.
    expect(dual.value[1] / byGrid(c, (u, v) => value(mean + s * u) * value(mean + s * v))).toBeCloseTo(1, 3);
    expect(
      dual.derivative[1] / byGrid(c, (u, v) => derivative(mean + s * u) * derivative(mean + s * v)),
    ).toBeCloseTo(1, 1.7);
  });

  test('what is certain stays certain: no variance, no spread', () => {
    const dual = dualActivation(activationNamed('sigmoid'), Float64Array.of(2, 2), new Float64Array(4));
    const y = 1 / (1 + Math.exp(-2));
    expect(dual.value[1]).toBeCloseTo(y * y, 15);
    expect(dual.derivative[1]).toBeCloseTo((y * (1 - y)) ** 2, 15);
  });

  test('a rectifier at exactly 0 passes nothing back, as in PyTorch', () => {
    const dual = dualActivation(activationNamed('relu'), new Float64Array(1), new Float64Array(1));
    expect([dual.value[0], dual.derivative[0]]).toEqual([0, 0]);
  });
});

test('variances that lie close together are interpolated without a difference', () => {
  // 40 samples within a factor of 1.2: against each sample expanded beside one other only.
  const count = 40;
  const variances = Float64Array.from(
    { length: count },
    (_, index) => 0.7 * 1.2 ** (((index * 7) % count) / count),
  );
  const covariance = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      covariance[row * count + column] =
        (row === column ? 1 : 0.4) * Math.sqrt(variances[row] * variances[column]);
    }
  }
  const all = dualActivation(activationNamed('gelu'), new Float64Array(count), covariance);
  const [p, q] = [covariance[3 * (count + 1)], covariance[8 * (count + 1)]];
  const pair = dualActivation(
    activationNamed('gelu'),
    new Float64Array(2),
    Float64Array.of(p, covariance[3 * count + 8], covariance[3 * count + 8], q),
  );
  expect(all.value[3 * count + 8] / pair.value[1]).toBeCloseTo(1, 8);
  expect(all.derivative[3 * count + 8] / pair.derivative[1]).toBeCloseTo(1, 6);
});

test('samples that have become alike have one moment, not rounding errors', () => {
  // Variances that differ in their last digits, as deep in an ordered network; E φ² by a fine one-dimensional rule.
  const count = 32;
  const variances = Float64Array.from({ length: count }, (_, index) => 0.0104 * (1 + index * 3e-16));
  const covariance = new Float64Array(count * count).fill(0.0104);
  for (let row = 0; row < count; row++) covariance[row * (count + 1)] = variances[row];
  const { value, derivative } = dualActivation(
    activationNamed('softsign'),
    new Float64Array(count),
    covariance,
  );
  let square = 0;
  let slopes = 0;
  for (let u = -9 + 5e-4; u < 9; u += 1e-3) {
    const weight = (Math.exp(-(u * u) / 2) / Math.sqrt(2 * Math.PI)) * 1e-3;
    const x = Math.sqrt(0.0104) * Math.abs(u);
    square += weight * (x / (1 + x)) ** 2;
    slopes += weight / (1 + x) ** 4;
  }
  for (const entry of value) expect(entry / square).toBeCloseTo(1, 7);
  for (const entry of derivative) expect(entry / slopes).toBeCloseTo(1, 5);
});
