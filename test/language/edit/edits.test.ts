import { describe, expect, test } from 'vitest';
import { check } from '../../../src/language/check.ts';
import { applyEdits } from '../../../src/language/edit/applyEdits.ts';
import { insertBehind, wrapStatements } from '../../../src/language/edit/statements.ts';
import { setTraining } from '../../../src/language/edit/training.ts';
import { removeArgument, setArguments } from '../../../src/language/edit/values.ts';
import type { LayerLine, NetworkStatement } from '../../../src/language/syntax.ts';
import { inNetwork } from '../marked.ts';

/** Layer lines of a text's first network, blocks included. */
function linesOf(text: string): LayerLine[] {
  const inside = (block: LayerLine['block']): LayerLine[] =>
    (block?.lines ?? []).flatMap((line) => (line.type === 'layer' ? [line, ...inside(line.block)] : []));
  return inside(networkOf(text).block);
}

function networkOf(text: string): NetworkStatement {
  const found = check(text).syntax.statements.find(({ type }) => type === 'network');
  if (found?.type !== 'network') throw new Error(`There is no network in ${text}`);
  return found;
}

describe('an argument of layer lines', () => {
  const dense = (text: string): LayerLine[] => linesOf(text).filter(({ kind }) => kind.text === 'dense');

  test.each([
    ['written by place', 'dense 4 sigmoid', 'activation', 'relu', 'dense 4 relu'],
    [
      'written by name',
      'dense 4 activation=sigmoid bias=false',
      'activation',
      'relu',
      'dense 4 activation=relu bias=false',
    ],
    [
      'a call',
      'dense 4 tanh init=normal(0, 2)  # wide',
      'init',
      'xavier_normal',
      'dense 4 tanh init=xavier_normal  # wide',
    ],
    ['not written', 'dense 4 tanh  # behind', 'init', 'zeros', 'dense 4 tanh init=zeros  # behind'],
    [
      'in a block',
      'repeat 2 { dense 4 tanh; dense 4 }',
      'init',
      'zeros',
      'repeat 2 { dense 4 tanh init=zeros; dense 4 init=zeros }',
    ],
  ])('%s', (_, line, name, value, expected) => {
    const text = inNetwork(line);
    expect(applyEdits(text, setArguments(check(text), dense(text), name, value))).toBe(inNetwork(expected));
  });

  test('by the name of a `let` that every changed line uses, and nothing else: its definition changes', () => {
    const text = `let squash = sigmoid\n${inNetwork('dense 4 squash\ndense 4 squash')}`;
    expect(applyEdits(text, setArguments(check(text), dense(text), 'activation', 'relu'))).toBe(
      `let squash = relu\n${inNetwork('dense 4 squash\ndense 4 squash')}`,
    );
  });

  test('by the name of a `let` that others use, too: the line alone changes', () => {
    const text = `let squash = sigmoid\n${inNetwork('dense 4 squash\ndense 4 squash')}`;
    expect(applyEdits(text, setArguments(check(text), dense(text).slice(1), 'activation', 'relu'))).toBe(
      `let squash = sigmoid\n${inNetwork('dense 4 squash\ndense 4 relu')}`,
    );
  });

  test.each([
    ['by place', 'dense 4 sigmoid init=zeros', 'dense 4 init=zeros'],
    ['by name', 'dense 4 activation=sigmoid', 'dense 4'],
    ['nowhere', 'dense 4', 'dense 4'],
  ])('is taken off %s', (_, line, expected) => {
    const text = inNetwork(line);
    const [first] = dense(text);
    expect(
      applyEdits(text, first === undefined ? [] : removeArgument(check(text), first, 'activation')),
    ).toBe(inNetwork(expected));
  });
});

describe('a statement behind another', () => {
  test.each([
    ['{ dense 4 }', '{ dense 4; layernorm }'],
    ['{ dense 4; dense 5 }', '{ dense 4; layernorm; dense 5 }'],
    ['{\n  dense 4\n  dense 5\n}', '{\n  dense 4\n  layernorm\n  dense 5\n}'],
    ['{\r\n\tdense 4 # four\r\n}', '{\r\n\tdense 4 # four\r\n\tlayernorm\r\n}'],
  ])('%j', (text, expected) => {
    const from = text.indexOf('dense 4');
    expect(applyEdits(text, [insertBehind(text, { from, to: from + 7 }, 'layernorm')])).toBe(expected);
  });
});

describe('statements in a block of their own', () => {
  test.each([
    ['{ a 1; b 2 }', '{ residual { a 1; b 2 } }'],
    ['{\n  a 1\n  b 2\n}', '{\n  residual {\n    a 1\n    b 2\n  }\n}'],
    [
      '{\n  a 1 # one\n\n  # two\n  b 2 # too\n  c\n}',
      '{\n  residual {\n    a 1 # one\n\n    # two\n    b 2 # too\n  }\n  c\n}',
    ],
    ['{\r\n  a 1\r\n  b 2\r\n}', '{\r\n  residual {\r\n    a 1\r\n    b 2\r\n  }\r\n}'],
  ])('%j', (text, expected) => {
    const span = { from: text.indexOf('a 1'), to: text.indexOf('b 2') + 3 };
    expect(applyEdits(text, wrapStatements(text, span, 'residual'))).toBe(expected);
  });
});

describe('a setting of training', () => {
  const network = (lines: string, name = 'n'): string => `network ${name} {\n  input 2\n${lines}}\n`;
  const one = network('  dense 1\n');

  test.each([
    [
      'is changed where it stands',
      `${one}train { loss = mse, clip = norm(5) }\n`,
      `${one}train { loss = mse, clip = norm(1) }\n`,
    ],
    [
      'is added to a line of settings',
      `${one}train { loss = mse }\n`,
      `${one}train { loss = mse, clip = norm(1) }\n`,
    ],
    [
      'is added below the others, aligned with them',
      `${one}train {\n  loss      = mse # squared\n  optimizer = adam # fast\n}\n`,
      `${one}train {\n  loss      = mse # squared\n  optimizer = adam # fast\n  clip      = norm(1)\n}\n`,
    ],
    [
      'is added to an empty block',
      network('  dense 1\n  train {}\n'),
      network('  dense 1\n  train { clip = norm(1) }\n'),
    ],
    [
      'is added to the network’s own block',
      `${network('  dense 1\n  train { seed = 3 }\n')}train { loss = mse }\n`,
      `${network('  dense 1\n  train { seed = 3, clip = norm(1) }\n')}train { loss = mse }\n`,
    ],
    [
      'of a file with several networks is overridden in the one that is meant',
      `${one}${network('  dense 1\n', 'other')}train { loss = mse, clip = norm(5) }\n`,
      `${network('  dense 1\n  train { clip = norm(1) }\n')}${network('  dense 1\n', 'other')}train { loss = mse, clip = norm(5) }\n`,
    ],
    [
      'in a network on one line',
      `network n { input 2; dense 1 }\n${network('  dense 1\n', 'other')}train { loss = mse }\n`,
      `network n { input 2; dense 1; train { clip = norm(1) } }\n${network('  dense 1\n', 'other')}train { loss = mse }\n`,
    ],
  ])('%s', (_, text, expected) => {
    const file = check(text);
    const edited = applyEdits(text, setTraining(file, networkOf(text), 'clip', 'norm(1)'));
    expect(edited).toBe(expected);
    expect(check(edited).diagnostics.filter(({ rule }) => rule === 'syntax')).toEqual([]);
  });
});

test('edits that overlap are a bug', () => {
  const edits = [
    { from: 0, to: 2, replacement: '' },
    { from: 1, to: 3, replacement: '' },
  ];
  expect(() => applyEdits('abc', edits)).toThrow('overlaps');
});
