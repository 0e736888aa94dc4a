/** What a run would say of a data file, said while typing. */
import { expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { apply } from './marked.ts';

test('what is wrong with a file is reported where the text speaks of it, once its loss is known', () => {
  const source = (loss: string): string =>
    `network n {\ninput 2\ndense 1\n}\ndata csv { path = "a.csv", target = "" }\ntrain { loss = ${loss} }\n`;
  const places = (text: string, rule: 'data-column' | 'data-values'): string[] => {
    const { diagnostics } = check(text, () => ({ rule, message: 'a.csv' }));
    return diagnostics
      .filter(({ message }) => message === 'a.csv')
      .map(({ from, to }) => text.slice(from, to));
  };
  expect(places(source('mse'), 'data-column')).toEqual(['""']);
  expect(places(source('mse'), 'data-values')).toEqual(['"a.csv"']);
  expect(places(source('nothing'), 'data-values')).toEqual([]);
});

test.each([
  ['target = speceis', 'target = species'],
  ['target = "speceis"', 'target = "species"'],
  ['target = ["a b", speceis]', 'target = ["a b", species]'],
])('a column that is mistyped can be put right: %s', (written, fixed) => {
  const source = `network n {\ninput 2\ndense 1\n}\ndata csv { path = "a.csv", ${written} }\ntrain { loss = mse }\n`;
  const meant = { written: 'speceis', column: 'species' };
  const { diagnostics } = check(source, () => ({ rule: 'data-column', message: 'a.csv', meant }));
  const [fix] = diagnostics.flatMap(({ fixes = [] }) => fixes);
  expect(apply(source, fix?.edits ?? [])).toBe(source.replace(written, fixed));
});
