import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { beforeAll, describe, expect, test } from 'vitest';
import { textMateGrammar } from '../../src/language/textMate.ts';

const media = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../media/${name}`, import.meta.url)), 'utf8');

test('the TextMate grammar is the one that the catalogue makes (node scripts/generateTextMate.ts)', () => {
  expect(JSON.parse(media('vgnet.tmLanguage.json'))).toEqual(textMateGrammar());
});

describe('scopes', () => {
  let grammar: textmate.IGrammar;
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
    const bytes = readFileSync(wasm);
    await oniguruma.loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const registry = new textmate.Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
      }),
      loadGrammar: () =>
        Promise.resolve(textmate.parseRawGrammar(media('vgnet.tmLanguage.json'), 'vgnet.json')),
    });
    grammar = (await registry.loadGrammar('source.vgnet'))!;
  });

  /** The words of a line with their innermost scopes, `.vgnet` left out. */
  const scopesOf = (line: string): string[] =>
    grammar
      .tokenizeLine(line, null)
      .tokens.filter(({ startIndex, endIndex }) => line.slice(startIndex, endIndex).trim() !== '')
      .map(({ startIndex, endIndex, scopes }) => {
        const scope = scopes.at(-1).replace(/\.vgnet$/, '');
        return `${line.slice(startIndex, endIndex).trim()} ${scope}`;
      });

  test.each([
    [
      'let width = 16 # units',
      [
        'let keyword.other.let',
        'width variable.other.constant',
        '= keyword.operator.assignment',
        '16 constant.numeric',
        '# units comment.line.number-sign',
      ],
    ],
    [
      'network deep {',
      ['network keyword.control.network', 'deep entity.name.type.network', '{ punctuation.section.block'],
    ],
    [
      'hidden: dense width relu init=normal(0, 0.01)',
      [
        'hidden entity.name.label',
        ': punctuation.separator.label',
        'dense support.type.layer',
        'width variable.other',
        'relu support.function',
        'init variable.parameter',
        '= keyword.operator.assignment',
        'normal support.function',
        '( punctuation.section.brackets',
        '0 constant.numeric',
        ', punctuation.separator',
        '0.01 constant.numeric',
        ') punctuation.section.brackets',
      ],
    ],
    ['input 1x28x28', ['input keyword.control.structure', '1x28x28 constant.numeric.shape']],
    [
      'repeat 8 { dense 4 }',
      [
        'repeat keyword.control.structure',
        '8 constant.numeric',
        '{ punctuation.section.block',
        'dense support.type.layer',
        '4 constant.numeric',
        '} punctuation.section.block',
      ],
    ],
    [
      'data moons { noise = 0.1 }',
      [
        'data keyword.control.data',
        'moons support.type.data',
        '{ punctuation.section.block',
        'noise variable.parameter',
        '= keyword.operator.assignment',
        '0.1 constant.numeric',
        '} punctuation.section.block',
      ],
    ],
    ['train {', ['train keyword.control.settings', '{ punctuation.section.block']],
    [
      'header = false',
      ['header variable.parameter', '= keyword.operator.assignment', 'false constant.language.boolean'],
    ],
    [
      'path = "a # b"',
      [
        'path variable.parameter',
        '= keyword.operator.assignment',
        '" punctuation.definition.string',
        'a # b string.quoted.double',
        '" punctuation.definition.string',
      ],
    ],
  ])('%s', (line, scopes) => {
    expect(scopesOf(line)).toEqual(scopes);
  });
});
