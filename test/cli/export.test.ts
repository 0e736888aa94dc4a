import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readSafetensors } from '../../src/interop/safetensors.ts';
import { folderOf, run, twoNetworks } from './commandLine.ts';

const project = ['data.safetensors', 'gradient_log.py', 'model.py', 'train.py', 'weights.safetensors'];

test('several networks get a folder each', async () => {
  const folder = folderOf({ 'net.vgnet': twoNetworks });
  const out = path.join(folder, 'new', 'torch');
  const outcome = await run(['export', path.join(folder, 'net.vgnet'), '--to', 'pytorch', '--out', out]);
  expect(outcome).toMatchObject({ code: 0, error: '' });
  expect(outcome.out).toContain(`shallow: ${path.join(out, 'shallow')} `);
  for (const name of ['deep_sigmoid', 'shallow'])
    expect(readdirSync(path.join(out, name)).toSorted()).toEqual(project);
});

test('a single one lies in the folder itself, with what the command line says instead of the file', async () => {
  const folder = folderOf({ 'net.vgnet': twoNetworks });
  const out = path.join(folder, 'torch');
  const file = path.join(folder, 'net.vgnet');
  await run(['export', file, '--to', 'pytorch', '--out', out, '--network', 'shallow', '--steps', '7']);
  expect(readdirSync(out).toSorted()).toEqual(project);
  expect(readFileSync(path.join(out, 'train.py'), 'utf8')).toContain('\nSTEPS = 7\n');
  const data = readSafetensors(readFileSync(path.join(out, 'data.safetensors')));
  if (!data.ok) throw new Error(data.reason);
  // 160 of 200 samples are for training: five batches of 32 an epoch, and two of the next one.
  expect(
    Object.fromEntries([...data.tensors].map(([name, { type, shape }]) => [name, [type, shape]])),
  ).toEqual({
    'train.inputs': ['F32', [160, 2]],
    'test.inputs': ['F32', [40, 2]],
    'train.targets': ['F32', [160, 1]],
    'test.targets': ['F32', [40, 1]],
    'order': ['I32', [224]],
  });
});

describe('what cannot be exported', () => {
  const csv =
    'network n {\n  input 2\n  dense 1\n}\ndata csv { path = "gone.csv", target = y }\ntrain { loss = mse, steps = 5 }\n';
  const endless = twoNetworks.replace('steps = 200', 'steps = 100000000');

  it.each<[string, string, readonly string[], RegExp]>([
    ['to nothing', twoNetworks, ['--out', 'x'], /--to is missing: expected --to pytorch/],
    [
      'to what is not known',
      twoNetworks,
      ['--to', 'jax', '--out', 'x'],
      /no export to "jax": expected --to pytorch/,
    ],
    ['to no folder', twoNetworks, ['--to', 'pytorch'], /--out is missing/],
    ['without its data', csv, ['--to', 'pytorch', '--out', 'x'], /net\.vgnet:5:1: error: .*gone\.csv/],
    [
      'with batches beyond reason',
      endless,
      ['--to', 'pytorch', '--out', 'x'],
      /100,000,000 steps .*fewer steps/,
    ],
  ])('%s', async (_, text, options, message) => {
    const folder = folderOf({ 'net.vgnet': text });
    const inFolder = options.map((option) => (option === 'x' ? path.join(folder, 'x') : option));
    const { code, error } = await run(['export', path.join(folder, 'net.vgnet'), ...inFolder]);
    expect(code).toBe(2);
    expect(error).toMatch(message);
    expect(readdirSync(folder)).toEqual(['net.vgnet']);
  });

  it('where the folder is a file', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks, 'taken': '' });
    const out = path.join(folder, 'taken');
    const { code, error } = await run([
      'export',
      path.join(folder, 'net.vgnet'),
      '--to',
      'pytorch',
      '--out',
      out,
    ]);
    expect(code).toBe(2);
    expect(error).toMatch(/taken.* cannot be written: /);
  });
});
