import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/language/parse.ts';
import { format, formatRange } from '../../../src/language/service/format.ts';
import { apply } from '../marked.ts';

const formatted = (text: string): string => apply(text, format(text));

const examplesFolder = fileURLToPath(new URL('../../../examples/', import.meta.url));
const examples = readdirSync(examplesFolder)
  .filter((file) => file.endsWith('.vgnet'))
  .map((file) => readFileSync(examplesFolder + file, 'utf8'));

describe('format', () => {
  test.each([
    ['spaces between words', 'let  a=16\n', 'let a = 16\n'],
    [
      'indentation',
      'network n {\ninput 2\n      repeat 2 {\ndense 1\n}\n}\n',
      'network n {\n  input 2\n  repeat 2 {\n    dense 1\n  }\n}\n',
    ],
    [
      'labels and named arguments',
      'network n { hidden :dense 3 init = normal( 0,1 ) }\n',
      'network n { hidden: dense 3 init=normal(0, 1) }\n',
    ],
    ['settings', 'train { loss=mse , seed =1;batch= 2 }\n', 'train { loss = mse, seed = 1; batch = 2 }\n'],
    ['braces', 'network n{input 2}\ndata moons{ }\n', 'network n { input 2 }\ndata moons {}\n'],
    ['a blank line is kept, more become one', 'let a = 1\n\n\n\nlet b = 2\n', 'let a = 1\n\nlet b = 2\n'],
    ['blank lines inside of braces', 'train {\n\n  loss = mse\n\n}\n', 'train {\n  loss = mse\n}\n'],
    [
      'comments',
      '  # first\nlet a = 1# behind\ntrain {\n# inside\nloss = mse    # aligned\n}\n',
      '# first\nlet a = 1 # behind\ntrain {\n  # inside\n  loss = mse    # aligned\n}\n',
    ],
    [
      'lists over several lines',
      'data inline {\ninputs = [\n[0,0],\n[1, 1]\n]\n}\n',
      'data inline {\n  inputs = [\n    [0, 0],\n    [1, 1]\n  ]\n}\n',
    ],
    [
      'brackets opened on one line indent once',
      'data inline {\n  inputs = [[\n0\n]]\n}\n',
      'data inline {\n  inputs = [[\n    0\n  ]]\n}\n',
    ],
    [
      'an equals sign that people have aligned',
      'train {\n  loss       = mse\n  optimizer  = adam\n  seed       = 1\n}\n',
      'train {\n  loss      = mse\n  optimizer = adam\n  seed      = 1\n}\n',
    ],
    [
      'other spellings are left',
      'network n { dense 3 init=he_normal }\n',
      'network n { dense 3 init=he_normal }\n',
    ],
    ['the last line ends', 'let a = 1', 'let a = 1\n'],
    ['blank lines at the end', 'let a = 1\n\n\n', 'let a = 1\n'],
    ['carriage returns stay', 'train {\r\nloss=mse\r\n}\r\n', 'train {\r\n  loss = mse\r\n}\r\n'],
    ['a byte-order mark stays', '\ufefflet a=1\n', '\ufefflet a = 1\n'],
    [
      'a line with a mistake keeps its inside',
      'network n {\ndense   3abc  relu\ndense  3\n}\n',
      'network n {\n  dense   3abc  relu\n  dense 3\n}\n',
    ],
    ['nothing at all', '', ''],
  ])('%s', (_, text, result) => {
    expect(formatted(text)).toBe(result);
  });

  test.each(['train { loss = mse', 'let a = [1, 2', 'let a = 1 }\n  let b = 2'])(
    'leaves %j alone',
    (text) => {
      expect(format(text)).toEqual([]);
    },
  );

  test('changes nothing in the examples', () => {
    for (const text of examples) expect(format(text)).toEqual([]);
  });

  test('takes an indentation of its own', () => {
    const text = 'train {\nloss = mse\n}\n';
    expect(apply(text, format(text, { indentation: '\t' }))).toBe('train {\n\tloss = mse\n}\n');
  });

  test('can keep to a range', () => {
    const text = 'let a=1\nlet b=2\nlet c=3\n';
    const from = text.indexOf('b');
    expect(apply(text, formatRange(text, { from, to: from + 3 }))).toBe('let a=1\nlet b = 2\nlet c=3\n');
  });

  test('is done after once, moves nothing but spaces, and keeps the meaning', () => {
    const spaces = fc.constantFrom('', ' ', '  ', '\t', ' \t ');
    const messy = fc
      .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), spaces), { maxLength: 40 }))
      .map(([text, edits]) =>
        edits.reduce((edited, [place, inserted]) => {
          const gaps = [...edited.matchAll(/(?<=[^\s"#]) +(?=[^\s"#])/g)];
          const gap = gaps[place % gaps.length];
          // A space may become several, but never none: it could be all that parts two words.
          return (
            edited.slice(0, gap.index) +
            (inserted === '' ? '   ' : inserted) +
            edited.slice(gap.index + gap[0].length)
          );
        }, text),
      );
    fc.assert(
      fc.property(messy, (text) => {
        const once = formatted(text);
        expect(format(once)).toEqual([]);
        expect(once.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(String(parse(once).tree)).toBe(String(parse(text).tree));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
