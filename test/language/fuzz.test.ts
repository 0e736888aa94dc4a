import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { parser } from '../../src/language/parser.generated.ts';

/** A fixed seed, so that a failure can be had again; `FUZZ_RUNS=100000` looks further. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 150);
const options = { seed: 20_240_607, numRuns: runs };

const examplesFolder = fileURLToPath(new URL('../../examples/', import.meta.url));
const examples = readdirSync(examplesFolder)
  .filter((file) => file.endsWith('.vgnet'))
  .map((file) => readFileSync(examplesFolder + file, 'utf8'));

const pieces = [
  'network',
  'data',
  'train',
  'analyze',
  'let',
  'input',
  'dense',
  'repeat',
  'residual',
  'add',
  'relu',
  'moons',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '=',
  ':',
  ',',
  ';',
  '"',
  '#',
  '\n',
  '\r\n',
  '\r',
  '	',
  ' ',
  '-',
  '.',
  'x',
  'e',
  '1',
  '28x28',
  '1e9',
  '-3',
  '0.5',
  'true',
  'a',
  'b',
  'é',
  '👍🏽',
  'שלום',
  '﻿',
  '\u2028',
  '\0',
  '\ud800',
];

/** Texts near the language, texts of pieces of it, and any other. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 80 }).map((parts) => parts.join(' ')),
);

const editedExample = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', ...pieces)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, [place, removed, inserted]) => {
      const at = place % (edited.length + 1);
      return edited.slice(0, at) + inserted + edited.slice(at + removed);
    }, text),
  );

/** What holds for every text whatever. */
function expectSound(text: string): void {
  const { tree, diagnostics, networks } = check(text);
  expect(tree.length).toBe(text.length);
  let position = 0;
  tree.iterate({
    enter: ({ from, to, type }) => {
      // The grammar has a place for everything, so that no token is ever skipped in search of one.
      if (type.isError) throw new Error(`The parser lost its way at ${from}`);
      position = Math.max(position, to);
    },
  });
  expect(position).toBe(text.length);
  for (const { from, to, fixes = [], related = [] } of diagnostics) {
    for (const span of [{ from, to }, ...related, ...fixes.flatMap((fix) => fix.edits)]) {
      expect(span.from).toBeGreaterThanOrEqual(0);
      expect(span.to).toBeGreaterThanOrEqual(span.from);
      expect(span.to).toBeLessThanOrEqual(text.length);
    }
  }
  if (networks.some(({ network }) => network)) expect(networks.every(({ line }) => line >= 1)).toBe(true);
}

describe('any text', () => {
  test('of random characters and words is parsed whole and checked', () => {
    fc.assert(fc.property(anyText, expectSound), { ...options, numRuns: 4 * runs });
  });

  test('that is an example with random edits is parsed whole and checked', () => {
    fc.assert(fc.property(editedExample, expectSound), options);
  });

  test.each(examples.map((text) => [text.split('\n')[0], text]))(
    'that begins with %j and breaks off anywhere',
    (_, text) => {
      for (let end = 0; end <= text.length; end++) parser.parse(text.slice(0, end));
      for (let end = 0; end <= text.length; end += 7) expectSound(text.slice(0, end));
    },
  );

  test('of one very long line', () => {
    const name = 'a'.repeat(100_000);
    const comment = `# ${'x'.repeat(100_000)}\ndense`;
    expect(check(`let ${name} = -`).diagnostics.map(({ from, to }) => [from, to])).toEqual([
      [4, 100_004],
      [100_007, 100_008],
    ]);
    expect(check(comment).diagnostics.map(({ from, to }) => [from, to])).toEqual([[100_003, 100_008]]);
    expectSound('['.repeat(10_000));
    expectSound('{'.repeat(2_000));
    check('{'.repeat(20_000));
    expectSound(`let a = ${'[1, '.repeat(2_500)}`);
    expectSound('a('.repeat(5_000));
  });
});

/** Rules that speak of what a statement means for others: they may change when it does. */
const consequences: ReadonlySet<string> = new Set([
  'shape',
  'data-shape',
  'loss-shape',
  'unknown-name',
  'unknown-label',
  'missing-argument',
  'missing-input',
  'missing-block',
  'empty',
  'misplaced',
]);

test('a mistake within one line leaves the findings of all other statements as they were', () => {
  const junk = fc
    .array(fc.constantFrom(...pieces.filter((piece) => !/[{}\r\n\u2028]/.test(piece))), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join(' '));
  // Lines that are one statement each: neither do they open or close a block, nor are they part of a longer list.
  const editable = examples.flatMap((text) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => (/^\s*[\w:]+[^{}[\]]*$/.test(line) ? [{ lines, index }] : []));
  });
  fc.assert(
    fc.property(fc.constantFrom(...editable), junk, ({ lines, index }, text) => {
      const edited = lines.with(index, text).join('\n');
      const start = lines.slice(0, index).join('\n').length + Math.min(index, 1);
      const end = start + text.length;
      const others = check(edited).diagnostics.filter(
        ({ rule, from, to, severity }) =>
          severity === 'error' &&
          rule !== 'not-built-yet' &&
          !consequences.has(rule) &&
          (to < start || from > end),
      );
      // Names that the line defines may collide with those of others: that is the line's own doing.
      expect(others.filter(({ rule }) => rule !== 'duplicate' && rule !== 'conflict')).toEqual([]);
    }),
    { ...options, numRuns: 2 * runs },
  );
});
