import { describe, expect, test } from 'vitest';
import { check } from '../../../src/language/check.ts';
import { definitionAt, referencesAt, rename, renameRange } from '../../../src/language/service/names.ts';
import { apply } from '../marked.ts';

const file = `let width = 16
let init = normal(0, width)
network one {
  input 16
  a: dense width
  residual { dense width init=init }
  add a
}
network two {
  input 16
  a: dense 16
  concat a
}
`;
const checked = check(file);
const lineOf = (offset: number): number => file.slice(0, offset).split('\n').length;

describe('references', () => {
  test.each([
    ['a let', 'width = 16', [1, 2, 5, 6]],
    ['a use of it', 'width\n  residual', [1, 2, 5, 6]],
    ['a let of the name of an argument', 'init = normal', [2, 6]],
    ['a label', 'a: dense width', [5, 7]],
    ['its use', 'a\n}\nnetwork two', [5, 7]],
    ['a label of another network', 'a: dense 16', [11, 12]],
    ['a network', 'two {', [9]],
    ['a word of the language', 'dense width', []],
  ])('of %s', (_, place, lines) => {
    const offset = file.indexOf(place);
    expect(referencesAt(checked, offset).map(({ from }) => lineOf(from))).toEqual(lines);
  });
});

test('a definition is where the name is given', () => {
  const use = file.indexOf('init=init') + 5;
  expect(lineOf(definitionAt(checked, use)!.definition.from)).toBe(2);
});

describe('rename', () => {
  test('changes the definition and all uses, and nothing else', () => {
    const edits = rename(checked, file.indexOf('width = 16'), 'units');
    if ('problem' in edits) throw new Error(edits.problem);
    const renamed = apply(file, edits);
    expect(renamed).toBe(file.replaceAll('width', 'units'));
    expect(check(renamed).diagnostics.map(({ rule }) => rule)).toEqual(
      checked.diagnostics.map(({ rule }) => rule),
    );
  });

  test('leaves labels of other networks alone', () => {
    const edits = rename(checked, file.indexOf('add a') + 4, 'first');
    if ('problem' in edits) throw new Error(edits.problem);
    expect(apply(file, edits)).toBe(
      file.replace('a: dense width', 'first: dense width').replace('add a', 'add first'),
    );
  });

  test.each([
    [
      'width = 16',
      '2x',
      'A name is made of letters (A–Z, a–z), digits and `_`, and does not begin with a digit.',
    ],
    ['width = 16', 'network', '`network` is a word of the language.'],
    ['width = 16', 'init', 'There is a let `init` already.'],
    [
      'dense width',
      'x',
      'There is no name here that could be changed: those of `let`, of labels and of networks can.',
    ],
  ])('of %j to %j is refused', (place, name, problem) => {
    expect(rename(checked, file.indexOf(place), name)).toEqual({ problem });
  });

  test('knows the range of the name', () => {
    const from = file.indexOf('width\n  residual');
    expect(renameRange(checked, from + 2)).toEqual({ from, to: from + 5, name: 'width' });
    expect(renameRange(checked, file.indexOf('dense'))).toBeUndefined();
  });
});
