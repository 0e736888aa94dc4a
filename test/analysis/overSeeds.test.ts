import { describe, expect, test } from 'vitest';
import type { Judgement } from '../../src/analysis/judge.ts';
import {
  judgeOverSeeds,
  verdictEvidence,
  verdictFrequencies,
  verdictTitle,
} from '../../src/analysis/overSeeds.ts';
import type { Finding, FindingId, VerdictKind } from '../../src/analysis/verdict.ts';

const finding = (id: FindingId, message: string = id): Finding => ({
  id,
  severity: 'warning',
  layers: [],
  message,
  evidence: {},
});

const judged = (kind: VerdictKind, message: string = kind, findings: Finding[] = []): Judgement => ({
  verdict: { kind, layers: [], message, evidence: {} },
  findings,
});

describe('the verdict over seeds', () => {
  test('is the most frequent one, in the words of the first run that got it', () => {
    const runs = [judged('healthy'), judged('vanishing', 'a'), judged('vanishing', 'b')];
    expect(judgeOverSeeds(runs)).toEqual({
      verdict: judged('vanishing', 'a').verdict,
      leading: 1,
      verdicts: { healthy: 1, vanishing: 2 },
      findings: [],
    });
  });

  test('is the first in the order of blame among equally frequent ones', () => {
    const { verdict } = judgeOverSeeds([judged('healthy'), judged('dead-units')]);
    expect(verdict.kind).toBe('dead-units');
  });

  test('of a single run is its own', () => {
    const only = judged('vanishing', 'a', [finding('vanishing-gradient', 'why')]);
    expect(judgeOverSeeds([only])).toMatchObject({ ...only, leading: 0 });
  });
});

describe('findings over seeds', () => {
  test('are all there, the leading run first, each with the number of runs that have it', () => {
    const dead = finding('dead-units', 'no unit fires');
    const stalled = finding('stalled', 'nothing is learned');
    const { findings } = judgeOverSeeds([
      judged('dead-units', '', [dead, stalled]),
      judged('healthy', '', [finding('converged', 'done')]),
      judged('healthy', '', [stalled]),
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      'done (in 1 of 3 seeds)',
      'no unit fires (in 1 of 3 seeds)',
      'nothing is learned (in 2 of 3 seeds)',
    ]);
  });

  test('of one run with the same id stand side by side', () => {
    const two = [finding('exploding-gradient', 'through time'), finding('exploding-gradient', 'over depth')];
    expect(judgeOverSeeds([judged('exploding', '', two)]).findings).toEqual(two);
  });
});

test('frequencies are said with their total, what else came up behind the evidence', () => {
  const { verdict } = judged('dead-units', 'no unit fires');
  const verdicts = { 'healthy': 4, 'dead-units': 5, 'vanishing': 1 };
  expect(verdictTitle(verdict, verdicts)).toBe('dead units in 5 of 10 seeds');
  expect(verdictEvidence(verdict, verdicts)).toBe('no unit fires (healthy in 4, vanishing in 1)');
  expect(verdictFrequencies(verdict, verdicts)).toBe(
    'dead units in 5 of 10 seeds, healthy in 4, vanishing in 1',
  );
  expect(verdictTitle(verdict)).toBe('dead units');
  expect(verdictEvidence(verdict)).toBe('no unit fires');
});
