import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, type CheckedFile } from '../../src/language/check.ts';
import { differenceOf } from '../../src/language/incremental/difference.ts';
import { outline } from '../../src/language/service/outline.ts';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.vgnet'))
  .map((file) => readFileSync(folder + file, 'utf8'));

/** Everything that a check says about a text. */
function everything(file: CheckedFile): unknown {
  const { diagnostics, networks, analyses, lets, tree, syntax } = file;
  return {
    diagnostics,
    networks: networks.map(({ name, line, span, header, network }) => ({
      name,
      line,
      span,
      header,
      network,
    })),
    analyses: analyses.map(({ input, layers, outputShape, data, train, trainable }) => ({
      input,
      layers,
      outputShape,
      data,
      train,
      trainable,
    })),
    lets: lets.map(({ statement, uses }) => ({ statement, uses: [...uses].sort((a, b) => a.from - b.from) })),
    tree: tree.toString(),
    statements: syntax.statements.length,
    outline: outline(file),
  };
}

const pieces = [
  '',
  ' ',
  '\n',
  '\r\n',
  '{',
  '}',
  '(',
  '"',
  '#',
  '=',
  ':',
  ',',
  '0',
  '1',
  '3',
  'x',
  'dense 4 relu\n',
  'let a = 1\n',
  'width',
  'network m {\n',
  '\n\n# c\n',
];

describe('a check that takes over what an edit has left alone', () => {
  test('says the same as one from scratch, edit after edit', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 10 }), fc.constantFrom(...pieces)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(...examples, examples.slice(0, 4).join('\n')), edits, (start, list) => {
        let text = start;
        let file = check(text);
        for (const [place, removed, inserted] of list) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + inserted + text.slice(at + removed);
          file = check(text, undefined, file);
          expect(everything(file)).toEqual(everything(check(text)));
        }
      }),
      { seed: 11, numRuns: Number(process.env['FUZZ_RUNS'] ?? 20) },
    );
  });

  test.each([
    ['a brace below a line that lacks its block', 'repeat 3\n\n  dense 4\n', 'repeat 3\n{\n  dense 4\n}'],
    ['text behind the last line', 'dense 4\n', 'dense 4\n dense 5\n'],
    ['a label that takes the number of a layer in front of it', 'a: dense 4\n', 'dense1: dense 4\n'],
    ['a label twice', 'a: dense 4\nb: dense 4\n', 'a: dense 4\na: dense 4\n'],
    ['a new line without a change of length', 'dense 4  \ndense 5\n', 'dense 4\n\ndense 5\n'],
    [
      'a width that all layers behind it pass on',
      'dense 4\nactivation tanh\ndropout 0.1\n',
      'dense 5\nactivation tanh\ndropout 0.1\n',
    ],
    [
      'a mistake that ends the layers, and its end',
      'dens 4\nadd a\nresidual { dense 4 }\n',
      'dense 4\nadd a\nresidual { dense 4 }\n',
    ],
    ['a value too many on a line that moves', 'dense 4 relu zeros\n', '\ndense 4 relu zeros\n'],
    [
      'a layer in front of a body',
      'residual { dense 4 }\nrepeat 3 { dense 4 }\n',
      'tanh\nresidual { dense 4 }\nrepeat 3 { dense 4 }\n',
    ],
  ])('sees %s', (_, before, after) => {
    const around = (lines: string): string =>
      `network n {\n  input 4\n  dense 4\n${lines}  dense 1\n  dense 2\n}\ntrain { loss = mse }\n`;
    const first = check(around(before));
    const second = check(around(after), undefined, first);
    expect(everything(second)).toEqual(everything(check(around(after))));
    expect(everything(check(around(before), undefined, second))).toEqual(everything(first));
  });

  test('sees the settings behind a network that is never closed', () => {
    const text = 'network n {\n  input 2\n  dense 4\n  dense 1\n\ndata moons {}\ntrain { loss = mse }\n';
    const edited = text.replace('dense 4', 'dense 5');
    expect(everything(check(edited, undefined, check(text)))).toEqual(everything(check(edited)));
  });

  test('sees a statement behind one inside of a network that is never closed', () => {
    const text =
      'network n {\n  input 2\nlet a = 1\ndense 1\n  repeat 2 {\n    dense a\n}\ndata moons {}\ntrain { loss = mse }\n';
    const edited = text.replace('dense 1', 'xdense 1');
    expect(everything(check(edited, undefined, check(text)))).toEqual(everything(check(edited)));
  });

  test.each(['network m', 'train', 'data'])('sees that %s has no line to itself any more', (word) => {
    const text =
      'network n {\n  input 2\n  dense 1\n}\nnetwork m {\n  input 2\n  dense 1\n}\ndata moons {}\ntrain { loss = mse }\n';
    const edited = text.replace(`\n${word}`, ` ${word}`);
    expect(everything(check(edited, undefined, check(text)))).toEqual(everything(check(edited)));
    expect(everything(check(text, undefined, check(edited)))).toEqual(everything(check(text)));
  });

  test.each([
    ['the value of a let', 'let b = a', 'let b = 5'],
    ['the value behind the value of a let', 'let a = 16', 'let a = 8'],
    ['a let that is gone', 'let b = a\n', ''],
    ['a let that takes the name of a label', '\nnetwork', '\nlet skip = 3\nnetwork'],
    ['a let that takes the name of an initialiser’s argument', 'std = 1', 'std = 2'],
    ['a line in front of lets that stand for one another', 'let a', '# first\nlet a'],
  ])('sees %s', (_, before, after) => {
    const text =
      'let a = 16\nlet b = a\nlet std = 1\nlet start = normal(0, std)\n\nnetwork n {\n  input 2\n  skip: dense b init=start\n' +
      '  dense b\n  add skip\n  dense 1\n}\ndata moons {}\ntrain { loss = bce_with_logits }\n';
    const edited = text.replace(before, after);
    expect(edited).not.toBe(text);
    const first = check(text);
    const second = check(edited, undefined, first);
    expect(everything(second)).toEqual(everything(check(edited)));
    expect(everything(check(text, undefined, second))).toEqual(everything(first));
  });

  test('goes on through a day of edits in front of networks', () => {
    // Whatever doubled with each move, or with each few of them, would not come to an end here.
    let text = examples.find((example) => example.includes('deep_sigmoid'))!;
    let file = check(text);
    for (let edit = 0; edit < 1501; edit++) {
      text = edit % 2 === 1 ? text.replace('# line\n', '') : `# line\n${text}`;
      file = check(text, undefined, file);
    }
    expect(everything(file)).toEqual(everything(check(text)));
  });

  test('looks at the files of the data again', () => {
    const text =
      'network n {\n  input 4\n  dense 1\n}\n\ndata csv { path = "a.csv", target = y }\n\ntrain { loss = mse }\n';
    const facts = (features: number) => () =>
      ({ inputShape: [features], target: { type: 'values', size: 1 }, samples: 9 }) as const;
    const file = check(text, facts(4));
    expect(file.diagnostics).toEqual([]);
    expect(check(`${text}\n`, facts(5), file).diagnostics.map(({ rule }) => rule)).toEqual(['data-shape']);
  });
});

test.each([
  ['abc', 'abXc', { from: 2, oldTo: 2, newTo: 3, lines: 0 }],
  ['abc', 'abc', { from: 3, oldTo: 3, newTo: 3, lines: 0 }],
  ['aa', 'aaa', { from: 2, oldTo: 2, newTo: 3, lines: 0 }],
  ['a\nb', 'a\n\nb', { from: 2, oldTo: 2, newTo: 3, lines: 1 }],
  ['a\r\nb', 'a\rb', { from: 1, oldTo: 3, newTo: 2, lines: 0 }],
  ['a\nb', 'a\r\nb', { from: 1, oldTo: 2, newTo: 3, lines: 0 }],
])('the difference between %j and %j', (old, text, difference) => {
  expect(differenceOf(old, text)).toEqual(difference);
});
