import { expect, test } from 'vitest';
import { describeFrequencies, judgeOverSeeds } from '../../src/analysis/overSeeds.ts';
import type { Verdict, VerdictKind } from '../../src/analysis/verdict.ts';

const verdict = (kind: VerdictKind, message: string = kind): Verdict => ({
  kind,
  layers: [],
  message,
  evidence: {},
});

test('the most frequent verdict leads, in the words of the first run that got it', () => {
  const runs = [verdict('healthy'), verdict('vanishing', 'a'), verdict('vanishing', 'b')];
  expect(judgeOverSeeds(runs)).toEqual({
    verdict: verdict('vanishing', 'a'),
    verdicts: { healthy: 1, vanishing: 2 },
  });
});

test('among equally frequent ones the order of blame decides', () => {
  const { verdict: leading } = judgeOverSeeds([verdict('healthy'), verdict('dead-units')]);
  expect(leading.kind).toBe('dead-units');
});

test('frequencies are said with their total', () => {
  expect(describeFrequencies({ 'healthy': 5, 'dead-units': 5 })).toBe(
    'dead-units in 5 of 10 seeds, healthy in 5',
  );
  expect(describeFrequencies({ vanishing: 3 })).toBe('vanishing in 3 of 3 seeds');
});
