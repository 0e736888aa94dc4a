import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dataKinds } from '../../src/language/catalogue/dataKinds.ts';
import type { CatalogueEntry } from '../../src/language/catalogue/entry.ts';
import { lineEntries } from '../../src/language/catalogue/lookup.ts';
import { check } from '../../src/language/check.ts';
import { defaultValue } from '../../src/language/checking/defaults.ts';
import { entriesFor } from '../../src/language/checking/words.ts';
import { fillReadme, fillReference, referenceParts } from '../../src/language/reference.ts';
import { findings } from './marked.ts';

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const page = read('docs/language.md');

/** Without what a formatter of Markdown may change: widths of columns, and which star or underscore. */
const plain = (markdown: string): string => markdown.replaceAll(/ {2,}|-{3,}/g, ' ').replaceAll('*', '_');

test('the reference lists what the catalogue holds (npm run docs)', () => {
  expect(plain(fillReference(page))).toBe(plain(page));
  for (const part of Object.keys(referenceParts)) expect(page).toContain(`<!-- ${part} -->`);
});

test('the table of layers in the README is the catalogue’s (npm run docs)', () => {
  const readme = read('README.md');
  expect(plain(fillReadme(readme))).toBe(plain(readme));
});

test.each([...page.matchAll(/```vgnet\n([\s\S]*?)```/g)].map(([, example]) => [example]))(
  'example %j',
  (example) => {
    expect(check(example).diagnostics.filter(({ rule }) => rule !== 'not-built-yet')).toEqual([]);
  },
);

const types = ['activation', 'initialiser', 'optimizer', 'schedule', 'clip', 'loss'] as const;
const entries: readonly CatalogueEntry[] = [
  ...lineEntries,
  ...dataKinds,
  ...types.flatMap((type) => entriesFor(type)),
];

describe('the catalogue', () => {
  test.each(entries.map((entry) => [entry.name, entry] as const))(
    '%s has defaults of their own types',
    (_, entry) => {
      for (const argument of entry.arguments) expect(() => defaultValue(argument)).not.toThrow();
      const places = entry.arguments.flatMap(({ position }) => position ?? []);
      expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_place, index) => index));
    },
  );

  test.each(lineEntries.map((entry) => [entry.name, entry.example!]))(
    'the example of %s is of the language',
    (_, example) => {
      expect(
        findings(`network n {\n${example}\n}`).filter((finding) =>
          /^(syntax|unclosed|unknown-word|wrong-type|out-of-range|missing-argument)/.test(finding),
        ),
      ).toEqual([]);
    },
  );

  test.each(dataKinds.map((entry) => [entry.name, entry.example!]))(
    'the example of data %s is of the language',
    (_, example) => {
      expect(
        findings(`network n {\ninput 2\ndense 1\n}\ntrain { loss = mse }\n${example}`).filter(
          (finding) => !/^(data|loss)-shape/.test(finding),
        ),
      ).toEqual([]);
    },
  );
});
