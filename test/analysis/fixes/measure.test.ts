import { describe, expect, test } from 'vitest';
import {
  alarmShare,
  measure,
  rank,
  type Measured,
  type MeasuredRun,
} from '../../../src/analysis/fixes/measure.ts';
import { judge } from '../../../src/analysis/judge.ts';
import { defaultThresholds, type VerdictKind } from '../../../src/analysis/verdict.ts';
import { sampleRun, type SampleRun } from '../sampleRun.ts';

function runOf(run: SampleRun): MeasuredRun {
  const { recording, result, network } = sampleRun(run);
  return { recording, result, judgement: judge(recording, result, network, defaultThresholds) };
}

const vanishing: SampleRun = {
  quantities: { norm: (layer) => 10 ** (3 * (layer - 3)), error: (layer) => 10 ** (3 * (layer - 3)) },
  losses: () => 0.7,
};

describe('a measured network', () => {
  test('has the verdict, the loss at the end, and what its first layer gets', () => {
    const measured = measure([runOf(vanishing)]);
    expect(measured).toMatchObject({ lossOn: 'train', verdicts: undefined, steps: 100 });
    expect(measured.verdict.kind).toBe('vanishing');
    expect(measured.loss).toBe(0.7);
    // Four layers, each a thousandth of the next, 1 at the output.
    expect(measured.firstNorm).toBeCloseTo(1e-9, 20);
    expect(measured.ratio).toBeCloseTo(1e-9, 20);
  });

  test('has medians over several seeds, and how often each verdict came up', () => {
    const learns = (to: number): SampleRun => ({ losses: (time) => 0.7 - (0.7 - to) * time });
    const measured = measure([runOf(learns(0.1)), runOf(vanishing), runOf(learns(0.3))]);
    expect(measured.loss).toBeCloseTo(0.3, 12);
    expect(measured.verdicts).toEqual({ healthy: 2, vanishing: 1 });
    expect(alarmShare(measured)).toBeCloseTo(1 / 3, 12);
  });

  test('takes the loss of held-out samples where there are some', () => {
    const run = runOf({});
    const held = { loss: 0.4, accuracy: 0.8 };
    const { before, after } = run.result;
    if (after === undefined) throw new Error('The run has an end');
    const result = {
      ...run.result,
      before: { ...before, test: held },
      after: { ...after, accuracy: 1, test: held },
    };
    expect(measure([{ ...run, result }])).toMatchObject({ lossOn: 'test', loss: 0.4, accuracy: 0.8 });
  });

  test('that diverged has no loss', () => {
    expect(measure([runOf({ end: 'diverged' })]).loss).toBeNaN();
  });
});

describe('the order of fixes', () => {
  const item = (name: string, kind: VerdictKind, loss: number) => ({
    name,
    measured: {
      verdict: { kind, layers: [], message: '', evidence: {} },
      verdicts: undefined,
      loss,
    } as unknown as Measured,
  });

  test('is without an alarm before with one, then by loss, then as they came', () => {
    const items = [
      item('diverged', 'diverged', NaN),
      item('vanishing, small loss', 'vanishing', 0.01),
      item('healthy, large loss', 'healthy', 0.6),
      item('converged', 'converged', 0.02),
      item('as good, later', 'healthy', 0.02),
    ];
    expect(rank(items).map(({ name }) => name)).toEqual([
      'converged',
      'as good, later',
      'healthy, large loss',
      'vanishing, small loss',
      'diverged',
    ]);
  });

  test('over several seeds is by the share of alarms', () => {
    const over = (name: string, verdicts: Measured['verdicts']) => {
      const { measured } = item(name, 'healthy', 0.1);
      return { name, measured: { ...measured, verdicts } };
    };
    const items = [over('half', { 'healthy': 1, 'dead-units': 1 }), over('none', { healthy: 2 })];
    expect(rank(items).map(({ name }) => name)).toEqual(['none', 'half']);
  });
});
