import { describe, expect, test } from 'vitest';
import { activations } from '../../../src/language/catalogue/activations.ts';
import { dataKinds } from '../../../src/language/catalogue/dataKinds.ts';
import { layers } from '../../../src/language/catalogue/layers.ts';
import { losses } from '../../../src/language/catalogue/losses.ts';
import { expandSnippet, snippets, snippetText } from '../../../src/language/catalogue/snippets.ts';
import { check } from '../../../src/language/check.ts';
import { awaitsPath, complete } from '../../../src/language/service/complete.ts';
import type { Completion } from '../../../src/language/service/completion.ts';
import { signatureAt } from '../../../src/language/service/signature.ts';

/** Takes the `¦` out, which marks the cursor. */
function atCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('¦');
  return { text: marked.replace('¦', ''), offset };
}

const surroundings = {
  paths: ['iris.csv', 'start.safetensors'],
  columns: (path: string) => (path === 'iris.csv' ? ['species', 'petal length'] : undefined),
};

function proposals(marked: string): readonly Completion[] {
  const { text, offset } = atCursor(marked);
  return complete(check(text), offset, surroundings);
}

const labels = (marked: string): string[] => proposals(marked).map(({ label }) => label);
const network = (lines: string): string => `let width = 16\nnetwork n {\n  input 2\n  ${lines}`;

const statements = ['network', 'data', 'train', 'analyze', 'let', ...snippets.map(({ label }) => label)];
const lines = ['repeat', ...layers.map(({ name }) => name)];
const settings = ['data', 'train', 'analyze'];
const names = (entries: readonly { name: string }[]): string[] => entries.map(({ name }) => name);

describe('proposals', () => {
  test.each([
    ['in an empty file', '¦', statements],
    ['in an unfinished statement', 'netw¦', statements],
    [
      'between statements, blocks that the file has left out',
      'let a = 1\n¦\ntrain {}',
      statements.filter((label) => !label.startsWith('train:')),
    ],
    ['behind `data`', 'data ¦', names(dataKinds)],
    ['in a network without an input', 'network n {\n  ¦\n}', ['input']],
    ['at a new line of a network', network('¦\n}'), [...lines, ...settings]],
    ['at a new line of a network that is not closed', network('¦'), [...lines, ...settings]],
    ['in a block of layers', network('repeat 2 { ¦ }'), lines],
    ['behind a semicolon', network('dense 3; ¦'), [...lines, ...settings]],
    ['behind a label', network('hidden: ¦'), lines],
    ['for a number', network('dense ¦'), ['width', 'init', 'bias_init', 'bias']],
    [
      'for an activation',
      network('dense 3 ¦'),
      [...names(activations), 'width', 'init', 'bias_init', 'bias'],
    ],
    [
      'of a layer that takes few activations',
      network('rnn 3 ta¦'),
      ['linear', 'tanh', 'relu', 'width', 'return', 'init', 'recurrent_init', 'bias_init'],
    ],
    ['behind all values', network('dense 3 relu ¦'), ['init', 'bias_init', 'bias']],
    [
      'behind an argument by name',
      network('dense 3 init=zeros ¦'),
      [...names(activations), 'width', 'bias_init', 'bias'],
    ],
    ['for a boolean', network('dense 3 bias=¦'), ['true', 'false']],
    ['for a choice', network('lstm 3 return=¦'), ['last', 'sequence']],
    ['for a label', network('a: dense 2\n  b: dense 2\n  add ¦'), ['a', 'b']],
    ['in a call', network('dense 3 init=normal(0, ¦)'), ['width', 'std']],
    [
      'in a call that is not closed',
      'train {\n  optimizer = sgd(lr=0.1, ¦\n}',
      ['momentum', 'nesterov', 'weight_decay'],
    ],
    ['for a setting', 'data moons { samples = 3, ¦ }', ['seed', 'split', 'noise']],
    [
      'for a setting, those first that must be there',
      'data csv { seed = 3, ¦ }',
      ['path', 'target', 'samples', 'split', 'header', 'normalize'],
    ],
    ['for a loss', 'train { loss = ¦ }', names(losses)],
    ['for a batch', 'train { batch = ¦ }', ['all']],
    ['for a path', 'data csv { path = "¦" }', ['iris.csv']],
    ['for a path of weights', 'train { weights = ¦ }', ['start.safetensors']],
    ['for a column', 'data csv {\n  path = "iris.csv"\n  target = ¦\n}', ['species', 'petal length']],
    [
      'for one of several columns',
      'data csv {\n  path = "iris.csv"\n  target = [species, ¦]\n}',
      ['species', 'petal length'],
    ],
    ['in a comment', '# dense ¦', []],
    ['behind a block', 'network n { input 2 } ¦', statements],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  test('replace the word under way and write what is needed', () => {
    const [proposal] = proposals(network('con¦')).filter(({ label }) => label === 'conv');
    const { offset } = atCursor(network('con¦'));
    expect(proposal).toMatchObject({
      insert: 'conv ${1:16} ${2:3}',
      snippet: true,
      replace: { from: offset - 3, to: offset },
      detail:
        'filters kernel [activation=linear] [stride=1] [padding=0] [dilation=1] [init=default] [bias_init=default] [bias=true]',
    });
  });

  test('put a path into quotes where there are none, and a column with a space', () => {
    expect(proposals('data csv { path = ¦ }').map(({ insert }) => insert)).toEqual(['"iris.csv"']);
    const columns = proposals('data csv {\n  path = "iris.csv"\n  target = ¦\n}');
    expect(columns.map(({ insert }) => insert)).toEqual(['species', '"petal length"']);
  });

  test('say what an activation does to gradients', () => {
    const sigmoid = proposals(network('dense 3 ¦')).find(({ label }) => label === 'sigmoid');
    expect(sigmoid?.markdown).toContain('Largest derivative 0.25');
  });
});

describe('signatures', () => {
  const dense = 'dense units [activation=linear] [init=default] [bias_init=default] [bias=true]';
  test.each([
    [network('dense ¦'), dense, 'units'],
    [network('dense 3 ¦'), dense, '[activation=linear]'],
    [network('dense 3 relu ¦'), dense, undefined],
    [network('dense 3 init=¦'), dense, '[init=default]'],
    [network('dense 3 init=normal(¦)'), 'normal(mean, std)', 'mean'],
    [network('dense 3 init=normal(0, ¦'), 'normal(mean, std)', 'std'],
    [
      'train { optimizer = sgd(nesterov=¦) }',
      'sgd([lr=0.001], [momentum=0], [nesterov=false], [weight_decay=0])',
      '[nesterov=false]',
    ],
  ])('at %j', (marked, label, active) => {
    const { text, offset } = atCursor(marked);
    const signature = signatureAt(check(text), offset);
    expect(signature?.label).toBe(label);
    expect(signature?.parameters[signature.active]?.label).toBe(active);
  });

  test.each(['¦', 'train { loss = ¦ }', network('¦')])('there is none at %j', (marked) => {
    const { text, offset } = atCursor(marked);
    expect(signatureAt(check(text), offset)).toBeUndefined();
  });
});

test.each([
  ['behind `path =`', 'data csv { path = ¦ }', true],
  ['in a string', 'data csv { path = "¦" }', true],
  ['for another setting', 'data csv { target = ¦ }', false],
  ['in front of the name', 'data csv { ¦ }', false],
])('a path is awaited: %s', (_, marked, awaited) => {
  const { text, offset } = atCursor(marked);
  expect(awaitsPath(check(text), offset)).toBe(awaited);
});

describe('a snippet', () => {
  const text = (insert: string): string => expandSnippet(insert).replaceAll('\t', '  ');

  test.each(snippets)('$label is sound in an empty file', (snippet) => {
    expect(check(text(snippetText(snippet, false))).diagnostics).toEqual([]);
  });

  test.each(snippets.filter((snippet) => snippet.settings !== undefined))(
    '$label is sound in a file that has data and training',
    (snippet) => {
      const others = 'network n { input 2; dense 1 }\ndata moons {}\ntrain { loss = bce_with_logits }\n';
      expect(check(others + text(snippetText(snippet, true))).diagnostics).toEqual([]);
    },
  );

  test('begins with the statement that it is found by', () => {
    for (const { label, body } of snippets)
      expect(body.startsWith(label.slice(0, label.indexOf(':')))).toBe(true);
  });
});
