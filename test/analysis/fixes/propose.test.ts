/** Which fixes are proposed for what was found, and what they make of the text. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { proposeFixes } from '../../../src/analysis/fixes.ts';
import type { Candidate } from '../../../src/analysis/fixes/fix.ts';
import type { Evidence, VerdictKind } from '../../../src/analysis/verdict.ts';
import { Recorder } from '../../../src/engine/recorder.ts';
import type { Recording } from '../../../src/engine/recording.ts';
import { check } from '../../../src/language/check.ts';
import type { CheckedNetwork } from '../../../src/language/network.ts';
import { format } from '../../../src/language/service/format.ts';
import { sampleRun } from '../sampleRun.ts';

interface Found {
  readonly kind: VerdictKind;
  readonly layers?: readonly string[];
  readonly evidence?: Evidence;
  readonly recording?: Recording;
}

function propose(text: string, name: string, found: Found): Candidate[] {
  const { kind, layers = [], evidence = {}, recording = new Recorder([]) } = found;
  const verdict = { kind, layers, message: '', evidence };
  return proposeFixes(check(text), name, { verdict, findings: [], recording });
}

/** A file of one network `n` whose lines are these. */
const file = (lines: string, train = 'optimizer = sgd(lr=0.1)', loss = 'bce_with_logits'): string =>
  `network n {\n  input 2\n  ${lines}\n  output: dense 1\n}\n\ndata moons { samples = 100 }\n\ntrain { loss = ${loss}, ${train} }\n`;

/** The lines between `input` and `output`, or else the settings, after each fix. */
function outcomes(text: string, found: Found): Record<string, string> {
  const inside = (whole: string): string =>
    whole.slice(whole.indexOf('input 2') + 10, whole.indexOf('  output:') - 1);
  const settings = (whole: string): string => whole.slice(whole.indexOf('train {'));
  return Object.fromEntries(
    propose(text, 'n', found).map((candidate) => [
      candidate.title,
      inside(candidate.text) === inside(text)
        ? settings(candidate.text).trim()
        : inside(candidate.text).trim(),
    ]),
  );
}

describe('what is proposed', () => {
  test('for deep sigmoid layers: other activations, normalisation, shortcuts, Adam', () => {
    const text = file('hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform }  # deep');
    expect(outcomes(text, { kind: 'vanishing' })).toEqual({
      'relu with kaiming_normal in hidden': 'hidden: repeat 8 { dense 16 relu init=kaiming_normal }  # deep',
      'tanh with xavier_normal in hidden': 'hidden: repeat 8 { dense 16 tanh init=xavier_normal }  # deep',
      'layernorm behind every layer of hidden':
        'hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform; layernorm }  # deep',
      'batchnorm behind every layer of hidden':
        'hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform; batchnorm }  # deep',
      'a shortcut around every layer of hidden':
        'hidden: repeat 8 { residual project=true { dense 16 sigmoid init=xavier_uniform } }  # deep',
      'adam(lr=0.001) instead of sgd': 'train { loss = bce_with_logits, optimizer = adam(lr=0.001) }',
    });
  });

  test('for rectifiers with weights of the wrong variance: the initialiser, no other activation', () => {
    const titles = Object.keys(
      outcomes(file('hidden: repeat 30 { dense 64 relu init=glorot_uniform }', 'optimizer = adam'), {
        kind: 'vanishing',
      }),
    );
    expect(titles[0]).toBe('kaiming_normal in hidden');
    expect(titles.filter((title) => /relu|tanh|adam/.test(title))).toEqual([]);
  });

  test('for tanh whose weights, and not whose derivative, shrink the error: no other activation', () => {
    const text = file('hidden: repeat 3 { dense 16 tanh init=normal(0, 0.05) }');
    // Per layer the derivative leaves 0.99 of the error and the weights 0.2.
    const { recording } = sampleRun({
      quantities: {
        error: (layer) => 0.2 ** (3 - layer) * 0.99 ** (3 - layer),
        outputError: (layer) => 0.2 ** (3 - layer) * 0.99 ** (2 - layer),
      },
    });
    const titles = Object.keys(outcomes(text, { kind: 'vanishing', recording }));
    expect(titles[0]).toBe('xavier_normal in hidden');
    expect(titles.filter((title) => title.includes('relu'))).toEqual([]);
  });

  test('for errors that grow: initialiser, clipping, smaller steps, normalisation, shortcuts', () => {
    const text = file('hidden: repeat 12 { dense 32 tanh init=normal(0, 2) }');
    expect(Object.keys(outcomes(text, { kind: 'exploding' }))).toEqual([
      'xavier_normal in hidden',
      'clip = norm(1)',
      'learning rate 0.01 instead of 0.1',
      'learning rate 0.001 instead of 0.1',
      'layernorm behind every layer of hidden',
      'batchnorm behind every layer of hidden',
      'a shortcut around every layer of hidden',
    ]);
  });

  test('for dead units: biases, leaky rectifiers, smaller steps', () => {
    const text = file('hidden: dense 16 relu init=kaiming_normal bias_init=constant(-10)');
    expect(outcomes(text, { kind: 'dead-units' })).toMatchObject({
      'bias_init=zeros in hidden': 'hidden: dense 16 relu init=kaiming_normal bias_init=zeros',
      'leaky_relu in hidden': 'hidden: dense 16 leaky_relu init=kaiming_normal bias_init=constant(-10)',
      'learning rate 0.01 instead of 0.1': 'train { loss = bce_with_logits, optimizer = sgd(lr=0.01) }',
    });
  });

  test('for a learning rate beyond reason: the usual one, too', () => {
    const titles = Object.keys(
      outcomes(file('hidden: dense 16 relu init=kaiming_normal', 'optimizer = sgd(1e9, momentum=0.9)'), {
        kind: 'diverged',
        evidence: { step: 3 },
      }),
    );
    expect(titles).toContain('learning rate 0.1 instead of 1e9');
    expect(titles).toContain('clip = norm(1)');
  });

  test('for what is not finite before any update: nothing that only training does', () => {
    const text = file('hidden: repeat 8 { dense 5 exponential init=kaiming_uniform }');
    const titles = Object.keys(outcomes(text, { kind: 'diverged', evidence: { step: 0 } }));
    expect(titles).toContain('relu with kaiming_normal in hidden');
    expect(titles.filter((title) => /learning rate|clip/.test(title))).toEqual([]);
  });

  test('for underflow: a wider format besides what helps against fading', () => {
    const text = file('hidden: repeat 40 { dense 16 sigmoid init=normal(0, 0.01) }');
    expect(outcomes(text, { kind: 'underflow' })).toMatchObject({
      'precision = float64': 'train { loss = bce_with_logits, optimizer = sgd(lr=0.1), precision = float64 }',
    });
  });

  test('for linear layers that are small together: orthogonal weights', () => {
    const text = file('hidden: repeat 4 { dense 1 init=constant(0.1) }', undefined, 'mse');
    expect(outcomes(text, { kind: 'uniformly-small' })['orthogonal in hidden']).toBe(
      'hidden: repeat 4 { dense 1 init=orthogonal }',
    );
  });

  test('for errors that fade through time: gates, an orthogonal matrix', () => {
    const recurrent = `network n {\n  input 50x2\n  memory: rnn 16 tanh return=sequence\n  last: rnn 8 relu\n  output: dense 1\n}\ndata adding { samples = 100, length = 50 }\ntrain { loss = mse, optimizer = adam(lr=0.01) }\n`;
    const found = { kind: 'vanishing', layers: ['memory'], evidence: { timeSteps: 50 } } as const;
    const texts = new Map(propose(recurrent, 'n', found).map(({ title, text }) => [title, text]));
    expect([...texts.keys()]).toEqual([
      'lstm instead of rnn in memory and last',
      'gru instead of rnn in memory and last',
      'recurrent_init=orthogonal in memory and last',
    ]);
    expect(texts.get('lstm instead of rnn in memory and last')).toContain(
      '  memory: lstm 16 return=sequence\n  last: lstm 8\n',
    );
  });

  test.each([
    ['cross_entropy', 'dense 2 softmax', 'no softmax before cross_entropy', 'dense 2'],
    ['cross_entropy', 'dense 2 sigmoid', 'no sigmoid before cross_entropy', 'dense 2'],
    ['bce_with_logits', 'dense 1 sigmoid', 'no sigmoid before bce_with_logits', 'dense 1'],
    ['mse', 'dense 1 softmax', 'sigmoid instead of softmax over one unit', 'dense 1 sigmoid'],
  ])('for %s behind %s: %s', (loss, output, title, fixed) => {
    const text = (line: string): string =>
      `network n {\n  input 2\n  ${line}\n}\ndata moons {}\ntrain { loss = ${loss}, optimizer = adam }\n`;
    const [only, ...others] = propose(text(output), 'n', { kind: 'loss-mismatch' });
    expect(others).toEqual([]);
    expect([only?.title, only?.text]).toEqual([title, text(fixed)]);
  });

  test.each([
    ['dense 1', 'loss = bce_with_logits'],
    ['dense 1 softmax', 'loss = bce_with_logits without softmax'],
  ])('for cross_entropy over one unit, %s: the loss for one unit', (output, title) => {
    const text = (line: string, loss: string): string =>
      `network n {\n  input 2\n  ${line}\n}\ndata gaussian {}\ntrain { loss = ${loss}, optimizer = adam }\n`;
    const proposed = propose(text(output, 'cross_entropy'), 'n', { kind: 'loss-mismatch' });
    expect(proposed.map((candidate) => [candidate.title, candidate.text])).toEqual([
      [title, text('dense 1', 'bce_with_logits')],
    ]);
  });

  test('for layers on lines of their own: a shortcut around each pair', () => {
    const text = file(
      'first: dense 16 tanh\n  a: dense 16 tanh\n  b: dense 16 tanh # two\n  c: dense 16 tanh\n  d: dense 16 tanh',
    );
    expect(outcomes(text, { kind: 'vanishing' })['a shortcut around each pair of layers']).toBe(
      'first: dense 16 tanh\n  residual {\n    a: dense 16 tanh\n    b: dense 16 tanh # two\n  }\n  residual {\n    c: dense 16 tanh\n    d: dense 16 tanh\n  }',
    );
  });

  test('for activations on lines of their own: normalisation behind them, weights for what follows', () => {
    const text = file('repeat 8 {\n    dense 16\n    activation sigmoid\n  }');
    expect(outcomes(text, { kind: 'vanishing' })).toMatchObject({
      'relu with kaiming_normal in every hidden layer':
        'repeat 8 {\n    dense 16 init=kaiming_normal\n    activation relu\n  }',
      'layernorm behind every hidden layer':
        'repeat 8 {\n    dense 16\n    activation sigmoid\n    layernorm\n  }',
    });
  });

  test.each<VerdictKind>(['healthy', 'converged', 'inconclusive'])('for %s: nothing', (kind) => {
    expect(propose(file('hidden: repeat 8 { dense 16 sigmoid }'), 'n', { kind })).toEqual([]);
  });
});

const root = path.join(import.meta.dirname, '..', '..', '..');
const texts = ['examples', 'test/corpus'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.vgnet'))
    .map((name): [string, string] => [name, readFileSync(path.join(root, folder, name), 'utf8')]),
);
/** Between them these lead to every kind of cure. */
const alarms: readonly Found[] = [
  { kind: 'underflow' },
  { kind: 'exploding' },
  { kind: 'dead-units' },
  { kind: 'uniformly-small' },
  { kind: 'diverged', evidence: { step: 3 } },
  { kind: 'loss-mismatch' },
  { kind: 'vanishing', evidence: { timeSteps: 10 } },
];

/** A network without its places in the text. */
const meaning = (network: CheckedNetwork | undefined): string =>
  JSON.stringify(network, (key, value: unknown) =>
    ['line', 'span', 'from', 'to'].includes(key) ? undefined : value,
  );

const comments = (text: string): string[] => text.match(/#.*/g) ?? [];
const errors = (text: string): string[] =>
  check(text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

describe.each(texts)('every fix of every network of %s', (_, text) => {
  const { networks } = check(text);
  const candidates = networks.flatMap(({ name }) => {
    const all = alarms.flatMap((found) => propose(text, name, found));
    return [...new Map(all.map((candidate) => [candidate.text, candidate])).values()].map(
      (candidate): [string, Candidate] => [name, candidate],
    );
  });

  test('is a text without errors, with the network changed and no other', () => {
    for (const [name, { text: fixed, title, network }] of candidates) {
      expect(errors(fixed), title).toEqual([]);
      const after = check(fixed).networks;
      expect(meaning(network), title).not.toBe(
        meaning(networks.find((outcome) => outcome.name === name)?.network),
      );
      for (const other of networks.filter((outcome) => outcome.name !== name))
        expect(meaning(after.find((outcome) => outcome.name === other.name)?.network), title).toBe(
          meaning(other.network),
        );
    }
  });

  test('changes what it must and keeps comments and layout', () => {
    const wasFormatted = format(text).length === 0;
    for (const [, { text: fixed, title, edits }] of candidates) {
      expect(comments(fixed), title).toEqual(comments(text));
      for (const { from, to, replacement } of edits)
        expect(text.slice(from, to), title).not.toBe(replacement);
      if (wasFormatted) expect(format(fixed), title).toEqual([]);
    }
  });

  test('says why, and on whose word', () => {
    for (const [, { why, source }] of candidates) {
      expect(why).toMatch(/^\S.*\.$/);
      expect(source.title).toMatch(/\d{4}, ./);
      expect(source.url).toMatch(/^https?:\/\//);
    }
  });
});
