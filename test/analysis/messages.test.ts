import { describe, expect, it } from 'vitest';
import { judged, shrinking, stalled } from './judged.ts';
import type { SampleRun } from './sampleRun.ts';

describe('messages of verdicts and findings', () => {
  it('name the layer, the value, the factor and the cause in numbers', () => {
    const { verdict, findings } = judged({
      ...stalled,
      activation: 'sigmoid',
      quantities: {
        norm: shrinking(30),
        error: shrinking(4),
        outputError: (layer) => shrinking(4)(layer) * (layer === 3 ? 1 : 4),
      },
    });
    expect(verdict).toMatchObject({
      kind: 'vanishing',
      layers: ['hidden[1]'],
      message: 'hidden[1] 3.70e-6, 27,000 times less than output',
    });
    // 30³ = 27,000; the errors were made to lose 4 per layer, all of it by the derivative.
    expect(findings[0]?.message).toBe(
      "hidden[1] 3.70e-6, 27,000 times less than output at the end (norm below 0.001 of the output-most layer's); " +
        'sigmoid′ averages 0.250 over these layers and the weights pass on 1.00: the error shrinks 4.0 times per layer, 64 times over three; ' +
        "loss 0.693, the best constant answer's is 0.700",
    );
  });

  it('say of errors that grow that they are errors', () => {
    const { verdict, findings } = judged({
      ...stalled,
      layers: 6,
      quantities: { norm: 0.1, error: shrinking(1 / 10, 1, 6) },
    });
    // Five layers, tenfold each.
    const message = 'the error at hidden[1] is 1.00e5, 100,000 times more than at output';
    expect(verdict).toMatchObject({ kind: 'exploding', message });
    expect(findings[0]?.evidence).toMatchObject({ of: 'error', norm: 0.1 });
  });

  it('name steps that are too small to move anything', () => {
    // A hundred steps of 2e-5 each.
    const slow: SampleRun = { ...stalled, quantities: { speed: 2e-5 } };
    expect(judged(slow).verdict.message).toMatch(
      /; all steps together move no layer by more than 0\.00200 of its size: the learning rate is too small$/,
    );
    // A layer that begins at zero has moved by any share of its size.
    const fromZero: SampleRun = {
      ...stalled,
      quantities: { speed: (layer, time) => (layer === 1 && time === 0 ? Infinity : 2e-5) },
    };
    for (const run of [stalled, fromZero]) expect(judged(run).verdict.message).not.toContain('too small');
  });

  it('name weights that have decayed away', () => {
    const decayed: SampleRun = { ...stalled, quantities: { parameterNorm: (_, time) => 10 ** (-5 * time) } };
    const [finding] = judged(decayed).findings;
    expect(finding?.message).toMatch(/; the parameters of hidden\[1\] shrank 100,000 times over the run$/);
    expect(judged(stalled).findings[0]?.message).not.toContain('shrank');
  });

  it('do not praise a loss that has only come down to that of a constant answer', () => {
    const { verdict } = judged({ losses: (time) => 0.71 + 2 * (1 - time) ** 2, constantLoss: 0.7 });
    expect(verdict).toMatchObject({
      kind: 'healthy',
      message: "loss 2.71 → 0.710, no better yet than the best constant answer's 0.700; norm 0.100",
    });
  });

  it('tell of a saturated output unless its loss makes up for it', () => {
    const flat: SampleRun = {
      ...stalled,
      outputActivation: 'sigmoid',
      saturation: (layer) => (layer === 3 ? 0.9 : 0),
    };
    const ids = (loss: 'mse' | 'bce'): string[] => judged({ ...flat, loss }).findings.map(({ id }) => id);
    expect(ids('mse')).toContain('saturated-units');
    expect(ids('bce')).not.toContain('saturated-units');
  });

  it("the person's own threshold is what is named", () => {
    const run: SampleRun = { ...stalled, quantities: { norm: shrinking(4) } };
    expect(judged(run).verdict.kind).toBe('healthy');
    const { verdict, findings } = judged(run, { threshold: 0.01 });
    expect(verdict).toMatchObject({ kind: 'vanishing', layers: ['hidden[1]', 'hidden[2]'] });
    expect(findings[0]?.message).toContain('(norm below 0.01)');
  });
});
