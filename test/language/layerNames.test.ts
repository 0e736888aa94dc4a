import { expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { inNetwork } from './marked.ts';

/** docs/language.md: a label, or the kind with its number among its kind; `hidden[1]` in a labelled `repeat` of one layer. */
test.each([
  ['dense 4\ntanh: dense 4\ndense 1', ['dense1', 'tanh', 'dense3']],
  ['hidden: repeat 2 { dense 4 }\ndense 1', ['hidden[1]', 'hidden[2]', 'dense3']],
  [
    'block: repeat 2 { dense 4\nlayernorm }\ndense 1',
    ['block[1].dense1', 'block[1].layernorm1', 'block[2].dense1', 'block[2].layernorm1', 'dense1'],
  ],
  ['repeat 2 { dense 4 }\ndense 1', ['dense1', 'dense2', 'dense3']],
  // No two layers have one name, whether the label comes before or after.
  ['dense2: dense 4\ndense 4\ndense 1', ['dense2', 'dense3', 'dense4']],
  ['dense 4\ndense1: dense 4\ndense 1', ['dense2', 'dense1', 'dense3']],
])('the layers of %j', (lines, names) => {
  const [outcome] = check(inNetwork(lines)).networks;
  expect(outcome.network?.layers.map(({ name }) => name)).toEqual(names);
});
