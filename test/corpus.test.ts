/** A quick part of the corpus at every test; `npm run corpus` trains all of it over ten seeds. */
import { describe, expect, it } from 'vitest';
import { agrees, corpusCases } from '../scripts/corpus/cases.ts';
import { measure } from '../scripts/corpus/measure.ts';

/** One of each verdict, among those that train within some tens of milliseconds. */
const quick = [
  'circles-exponential-8',
  'circles-relu-8-small-init',
  'circles-sigmoid-8',
  'circles-tanh-5',
  'converged-relu-128',
  'blobs-sigmoid-8',
  'frozen',
  'linear-chain',
  'moons-sigmoid-8',
  'softmax-single-unit',
];

const cases = corpusCases();

it.each(quick)('%s is called what its label says', async (name) => {
  const corpusCase = cases.find((candidate) => candidate.name === name);
  if (corpusCase === undefined) throw new Error(`test/corpus has no ${name}`);
  const { verdict } = await measure(corpusCase, 1);
  expect(corpusCase.label.kinds).toContain(verdict);
});

describe('a label', () => {
  it('that holds for every seed needs nine of ten', () => {
    const label = { kinds: ['vanishing'] } as const;
    expect(agrees(label, [...Array.from({ length: 9 }, () => 'vanishing' as const), 'healthy'])).toBe(true);
    expect(
      agrees(label, [...Array.from({ length: 8 }, () => 'vanishing' as const), 'healthy', 'healthy']),
    ).toBe(false);
  });

  it('with a frequency allows what a binomial draw does, and no third verdict', () => {
    const label = { kinds: ['dead-units'], frequency: { times: 5, of: 10, otherwise: ['healthy'] } } as const;
    const runs = (dead: number, other: 'healthy' | 'vanishing') =>
      Array.from({ length: 10 }, (_, seed) => (seed < dead ? ('dead-units' as const) : other));
    expect(agrees(label, runs(3, 'healthy'))).toBe(true);
    expect(agrees(label, runs(1, 'healthy'))).toBe(false);
    expect(agrees(label, runs(5, 'vanishing'))).toBe(false);
  });
});
