import { describe, expect, test } from 'vitest';
import { check } from '../../../src/language/check.ts';
import { hover } from '../../../src/language/service/hover.ts';
import { inlayHints } from '../../../src/language/service/inlayHints.ts';
import { links } from '../../../src/language/service/links.ts';
import { outline, type OutlineItem } from '../../../src/language/service/outline.ts';
import { folds, selectionRanges } from '../../../src/language/service/ranges.ts';
import { semanticTokens } from '../../../src/language/service/semanticTokens.ts';

const file = `# Two lines
# of comment
let width = 16

network n {
  input 2
  hidden: repeat 8 { dense width relu init=normal(0, 0.1) }
  block: repeat 2 {
    a: dense width
    dense 16
    add a
  }
  dense 1
}

data csv { path = "iris.csv", target = species }

train {
  loss = mse
  optimizer = sgd(
    lr=0.1
  )
  weights = "w.safetensors"
}
`;
const checked = check(file);
const slice = ({ from, to }: { from: number; to: number }): string => file.slice(from, to);

describe('hover', () => {
  test.each([
    ['network n', 0, 'network', 'A network: its input and its layers'],
    ['dense width', 1, 'dense', 'y = φ(W x + b)'],
    ['width relu', 1, 'width', 'let width = 16'],
    ['relu', 1, 'relu', 'φ(x) = max(0, x)'],
    ['init=', 1, 'init', 'How the weights are drawn'],
    ['normal(', 1, 'normal', 'N(mean, std²)'],
    ['repeat 8', 1, 'repeat', 'each with its own parameters'],
    ['add a', 4, 'a', 'a: dense width'],
    ['csv {', 1, 'csv', 'A table from a file'],
    ['data csv', 1, 'data', 'The data that networks learn from'],
    ['path =', 1, 'path', 'relative to this one'],
    ['species', 1, 'species', 'The column to be learned'],
    ['mse', 1, 'mse', 'mean (y − t)²'],
    ['lr=', 1, 'lr', 'The learning rate'],
    ['train {', 1, 'train', 'How the network is trained'],
  ])('on %j', (place, within, word, words) => {
    const found = hover(checked, file.indexOf(place) + within);
    expect(found && slice(found.span)).toBe(word);
    expect(found?.markdown).toContain(words);
  });

  test.each(['16\n\nnetwork', 'Two lines', '"iris.csv"', '{\n  input'])('there is none on %j', (place) => {
    expect(hover(checked, file.indexOf(place))).toBeUndefined();
  });
});

test('outline', () => {
  const show = ({ name, detail, children }: OutlineItem): string =>
    `${name}${detail === '' ? '' : ` (${detail})`}${children.length > 0 ? ` [${children.map(show).join(', ')}]` : ''}`;
  expect(outline(checked).map(show)).toEqual([
    'width (16)',
    'n (network) [input (2), hidden (repeat 8) [dense (width relu)], block (repeat 2) [a (dense width), dense (16), add (a)], dense (1)]',
    'data (csv) [path ("iris.csv"), target (species)]',
    'train [loss (mse), optimizer (sgd( lr=0.1 )), weights ("w.safetensors")]',
  ]);
  const [, network] = outline(checked);
  expect(slice(network.selection)).toBe('n');
  expect(slice(network.span).startsWith('network n {')).toBe(true);
});

test('folds are comments, blocks and brackets over several lines', () => {
  expect(folds(checked).map((fold) => `${fold.kind} ${slice(fold).split('\n')[0]}`)).toEqual([
    'comment # Two lines',
    'block {',
    'block {',
    'block {',
    'block (',
  ]);
  const regions = '# region a\nlet a = 1\n# endregion\n';
  expect(folds(check(regions))).toEqual([{ kind: 'region', from: 0, to: regions.length - 1 }]);
});

test('a selection grows from the word to the file', () => {
  const ranges = selectionRanges(checked, file.indexOf('0.1)') + 1).map(slice);
  expect(ranges.slice(0, 7)).toEqual([
    '0.1',
    '0, 0.1',
    '(0, 0.1)',
    'normal(0, 0.1)',
    'init=normal(0, 0.1)',
    'dense width relu init=normal(0, 0.1)',
    ' dense width relu init=normal(0, 0.1) ',
  ]);
  expect(ranges.at(-1)).toBe(file);
});

test('semantic tokens tell names from words', () => {
  const tokens = semanticTokens(checked).map(
    (token) => `${slice(token)} ${token.type}${token.definition ? '!' : ''}`,
  );
  expect(tokens.slice(0, 12)).toEqual([
    'width variable!',
    'network keyword',
    'n type!',
    'input keyword',
    'hidden label!',
    'repeat keyword',
    'dense class',
    'width variable',
    'relu function',
    'init property',
    'normal function',
    'block label!',
  ]);
  expect(tokens).toContain('a label');
  expect(tokens).toContain('species enumMember');
});

test('semantic tokens of a part are those of its lines', () => {
  const from = file.indexOf('    dense 16');
  const tokens = semanticTokens(checked, { from, to: file.indexOf('add a') });
  expect(tokens.map(slice)).toEqual(['network', 'n', 'block', 'repeat', 'dense', 'add', 'a']);
});

// 2·16 + 16 and seven times 16² + 16; then four times that; then 16 + 1.
test('inlay hints give shapes and parameters', () => {
  const hints = inlayHints(checked, { from: 0, to: file.length });
  expect(hints.map(({ at, label }) => `${file.slice(0, at).split('\n').at(-1)} ${label}`)).toEqual([
    '  hidden: repeat 8 { dense width relu init=normal(0, 0.1) } → 16 · 1,952 parameters',
    '  block: repeat 2 { → 16 · 1,088 parameters',
    '    a: dense width → 16 · 544 parameters',
    '    dense 16 → 16 · 544 parameters',
    '    add a → 16',
    '  dense 1 → 1 · 17 parameters',
  ]);
  const line = file.indexOf('dense 1\n}');
  expect(inlayHints(checked, { from: line, to: line + 8 })).toHaveLength(1);
});

test('an inlay hint stands behind the spaces where one is about to type, in front of a comment', () => {
  const text = 'network n {\n  input 2\n  dense 4  \n  dense 1  # one\n}\n';
  const hints = inlayHints(check(text), { from: 0, to: text.length });
  expect(hints.map(({ at }) => text.slice(0, at).split('\n').at(-1))).toEqual(['  dense 4  ', '  dense 1']);
});

test('an inlay hint of a block stands behind its brace, in front of a comment or where a layer follows', () => {
  const placed = (head: string): string | undefined => {
    const text = `network n {\n  input 2\n${head}\n  }\n}\n`;
    const [hint] = inlayHints(check(text), { from: 0, to: text.length });
    return hint && text.slice(0, hint.at).split('\n').at(-1);
  };
  expect(placed('  residual {\n    dense 2')).toBe('  residual {');
  expect(placed('  residual {  # skip\n    dense 2')).toBe('  residual {');
  expect(placed('  repeat 2 { dense 2\n    dense 2')).toBe('  repeat 2');
});

test('links are the paths without their quotes', () => {
  expect(links(checked).map(({ span, path }) => [slice(span), path])).toEqual([
    ['iris.csv', 'iris.csv'],
    ['w.safetensors', 'w.safetensors'],
  ]);
});
