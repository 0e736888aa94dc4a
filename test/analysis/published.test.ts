/** Numbers that others published, measured here. */
import { describe, expect, it, test } from 'vitest';
import { quantityAt } from '../../src/analysis/profile.ts';
import { fitLine, mean } from '../../src/analysis/regression.ts';
import { Recorder } from '../../src/engine/recorder.ts';
import type { Recording } from '../../src/engine/recording.ts';
import { prepareRun } from '../../src/engine/trainer.ts';
import { check } from '../../src/language/check.ts';

/** The state at initialisation of the text's only network. */
function initially(text: string): Recording {
  const { diagnostics, networks } = check(text);
  const network = networks[0]?.network;
  if (network === undefined) throw new Error(JSON.stringify(diagnostics));
  const prepared = prepareRun(network, new Map(), { memoryLimit: 2 ** 30 });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const { run } = prepared;
  const recorder = new Recorder(run.layers);
  recorder.add(run.advance(0).rows, []);
  return recorder;
}

describe('Schoenholz et al. 2017, "Deep information propagation": tanh, bias variance 0.05', () => {
  // δ² scales by χ₁ = σw² E[φ′(√q z)²] from layer to layer, with q the fixed point of q = σw² E[φ(√q z)²] + σb².
  const published: [weightVariance: number, chi: number][] = [
    [1.0, 0.759],
    [1.76, 1.0],
    [2.5, 1.134],
  ];

  test.each(published)('in closed form, χ₁ at σw² = %d is %d', (weightVariance, chi) => {
    let q = 1;
    for (let step = 0; step < 1000; step += 1)
      q = weightVariance * normalMean((z) => Math.tanh(Math.sqrt(q) * z) ** 2) + 0.05;
    const slope = normalMean((z) => (1 - Math.tanh(Math.sqrt(q) * z) ** 2) ** 2);
    // Three digits were published.
    expect(weightVariance * slope).toBeCloseTo(chi, 3);
  });

  const width = 160;
  const depth = 32;
  const text = (weightVariance: number, seed: number): string => `network tanh {
    input ${width}
    hidden: repeat ${depth} { dense ${width} tanh init=normal(0, ${Math.sqrt(weightVariance / width)}) bias_init=normal(0, ${Math.sqrt(0.05)}) }
    output: dense 1
  }
  data gaussian { samples = 8, split = 1 }
  train { loss = mse, optimizer = sgd(lr=0.1), batch = all, steps = 1, seed = ${seed} }`;

  test.each(published)('as measured, χ₁ at σw² = %d is %d', (weightVariance, chi) => {
    const slopes = [1, 2, 3].map((seed) => {
      const recording = initially(text(weightVariance, seed));
      // The first layers are on their way to the fixed point.
      const errors = Array.from({ length: depth - 8 }, (_, index) =>
        quantityAt(recording, 0, index + 8, 'error'),
      );
      return fitLine(errors.map((error) => 2 * Math.log(error))).slope;
    });
    // ln δ² walks at random with a variance of about 4/width per layer (Hanin & Nica 2019): over 24 layers and 3 seeds the
    // slope is known to √(6/5 · 4/160 / 24 / 3) = 2 %; three times that is allowed.
    expect(Math.exp(-mean(slopes))).toBeGreaterThan(chi * 0.94);
    expect(Math.exp(-mean(slopes))).toBeLessThan(chi * 1.06);
  });
});

/** Mean over a standard normal variable, by the trapezium rule, which for such integrands is exact to rounding. */
function normalMean(of: (z: number) => number): number {
  let sum = 0;
  let weight = 0;
  for (let z = -12; z <= 12; z += 0.02) {
    const density = Math.exp((-z * z) / 2);
    sum += density * of(z);
    weight += density;
  }
  return sum / weight;
}

describe('a linear recurrent network whose matrix is ρ times an orthogonal one', () => {
  it.each([
    [0.9, 5.15e-3],
    [1.1, 117.4],
  ])('passes ρ = %d to the 50th power back over 50 steps: %d', (rho, published) => {
    const recording = initially(`network linear_recurrence {
      input 51x3
      memory: rnn 16 linear recurrent_init=orthogonal(${rho})
      output: dense 1
    }
    data gaussian { samples = 4, split = 1 }
    train { loss = mse, optimizer = sgd(lr=0.1), batch = all, steps = 1, precision = float64 }`);
    const { timeErrors } = recording.rows;
    const passed = (timeErrors[0] ?? NaN) / (timeErrors[50] ?? NaN);
    expect(passed / rho ** 50).toBeCloseTo(1, 10);
    // Three digits were published.
    expect(Math.abs(passed / published - 1)).toBeLessThan(1e-3);
  });
});
