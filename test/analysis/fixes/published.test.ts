/** Cures that others have published, found and measured here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { proposeFixes } from '../../../src/analysis/fixes.ts';
import type { Candidate } from '../../../src/analysis/fixes/fix.ts';
import { isAlarm } from '../../../src/analysis/verdict.ts';
import { readDataFiles } from '../../../src/cli/inputFile.ts';
import { trainNetwork, type TrainedNetwork } from '../../../src/cli/training.ts';
import { prepareRun } from '../../../src/engine/trainer.ts';
import { check } from '../../../src/language/check.ts';
import type { CheckedNetwork } from '../../../src/language/network.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

async function train(network: CheckedNetwork): Promise<TrainedNetwork> {
  const files = await readDataFiles('net.vgnet', network, path.join(root, 'data'));
  return trainNetwork('net.vgnet', network, files, prepareRun);
}

/** Trains a network of a file and proposes its fixes. */
async function proposals(file: string, name: string): Promise<Map<string, Candidate>> {
  const checked = check(readFileSync(path.join(root, file), 'utf8'));
  const network = checked.networks.find((outcome) => outcome.name === name)?.network;
  if (network === undefined) throw new Error(`${file} has no network ${name}`);
  const { judgement, recording } = await train(network);
  expect(isAlarm(judgement.verdict.kind)).toBe(true);
  const candidates = proposeFixes(checked, name, { ...judgement, recording });
  return new Map(candidates.map((candidate) => [candidate.title, candidate]));
}

function chosen(candidates: ReadonlyMap<string, Candidate>, title: string): Candidate {
  const found = candidates.get(title);
  if (found === undefined) throw new Error(`${title} is not among ${[...candidates.keys()].join(', ')}`);
  return found;
}

test('He et al. 2015: thirty relu layers that stall with Glorot’s weights learn with their own', async () => {
  const candidates = await proposals('examples/glorot-vs-he.vgnet', 'glorot');
  const [first] = candidates.keys();
  expect(first).toBe('kaiming_normal in hidden');
  const { judgement, result } = await train(chosen(candidates, 'kaiming_normal in hidden').network);
  expect(isAlarm(judgement.verdict.kind)).toBe(false);
  // Figure 3: one converges, the other stalls; here on ten classes of digits, of which guessing gets one in ten.
  expect(result.after?.test?.accuracy).toBeGreaterThan(0.8);
}, 60_000);

test('Saxe et al. 2013: an orthogonal matrix keeps the error’s length over fifty time steps', async () => {
  const { network } = chosen(
    await proposals('examples/linear-recurrence.vgnet', 'grows'),
    'recurrent_init=orthogonal in memory',
  );
  const { recording, judgement } = await train(network);
  const { steps, timeErrors } = recording.rows;
  const [first, last] = [timeErrors[0], timeErrors[timeErrors.length / steps.length - 1]];
  // 1^50 in float32.
  expect(first / last).toBeCloseTo(1, 4);
  expect(isAlarm(judgement.verdict.kind)).toBe(false);
});

describe('the cure that stands beside a network in its own example is among its fixes', () => {
  /** A network without its name and its places in the text. */
  const meaning = (network: CheckedNetwork): string =>
    JSON.stringify({ ...network, name: '' }, (key, value: unknown) =>
      ['line', 'span'].includes(key) ? undefined : value,
    );

  test.each([
    ['deep-sigmoid', 'deep_sigmoid', 'relu with kaiming_normal in hidden', 'deep_relu'],
    ['digits', 'digits_sigmoid', 'relu with kaiming_normal in hidden', 'digits_relu'],
    ['initial-range', 'too_small', 'xavier_normal in hidden', 'right'],
    ['initial-range', 'too_large', 'xavier_normal in hidden', 'right'],
    ['rnn-through-time', 'plain', 'lstm instead of rnn in memory', 'with_lstm'],
    ['rnn-through-time', 'plain', 'gru instead of rnn in memory', 'with_gru'],
  ])('%s: %s, %s is %s', async (example, name, title, twin) => {
    const file = `examples/${example}.vgnet`;
    const { network } = chosen(await proposals(file, name), title);
    const twins = check(readFileSync(path.join(root, file), 'utf8')).networks;
    const expected = twins.find((outcome) => outcome.name === twin)?.network;
    if (expected === undefined) throw new Error(`${file} has no network ${twin}`);
    expect(meaning(network)).toBe(meaning(expected));
  });
});
