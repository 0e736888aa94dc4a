/** The files that `vgnet analyze` writes. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSummary } from '../../src/analysis/summary.ts';
import { readSafetensors } from '../../src/interop/safetensors.ts';
import { readRunLog } from '../../src/protocol/runLog.ts';
import { folderOf, run, twoNetworks } from './commandLine.ts';

describe('files that it writes', () => {
  it('a log that agrees with the report', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks });
    const log = path.join(folder, 'out.vglog');
    const { out } = await run([
      'analyze',
      path.join(folder, 'net.vgnet'),
      '--network',
      'shallow',
      '--json',
      '--log',
      log,
    ]);
    const read = readRunLog(readFileSync(log, 'utf8'));
    if (!read.ok) throw new Error(read.message);
    const [network] = (JSON.parse(out) as FileSummary).networks;
    expect(read.log.notes).toEqual([]);
    expect(read.log.rows.steps.length).toBe(200);
    expect(read.log.layers.map(({ name }) => name)).toEqual(network?.layers.map(({ name }) => name));
    expect(read.log.rows.loss[0]).toBe(network?.loss.first);
  });

  it('a log for each of several networks', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks });
    await run([
      'analyze',
      path.join(folder, 'net.vgnet'),
      '--steps',
      '3',
      '--log',
      path.join(folder, 'out.vglog'),
    ]);
    for (const name of ['deep_sigmoid', 'shallow'])
      expect(readFileSync(path.join(folder, `out.${name}.vglog`), 'utf8').split('\n').length).toBe(5);
  });

  it('the weights that it starts from', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks });
    const out = path.join(folder, 'out.safetensors');
    await run(['analyze', path.join(folder, 'net.vgnet'), '--network', 'shallow', '--weights-out', out]);
    const stored = readSafetensors(readFileSync(out));
    if (!stored.ok) throw new Error(stored.reason);
    expect([...stored.tensors].map(([name, { type, shape }]) => [name, type, shape])).toEqual([
      ['hidden.weight', 'F32', [8, 2]],
      ['hidden.bias', 'F32', [8]],
      ['output.weight', 'F32', [1, 8]],
      ['output.bias', 'F32', [1]],
    ]);
    const again = path.join(folder, 'again.safetensors');
    await run([
      ...['analyze', path.join(folder, 'net.vgnet'), '--network', 'shallow', '--steps', '1'],
      ...['--weights-out', again],
    ]);
    expect(readFileSync(again)).toEqual(readFileSync(out));
  });

  it('or says at once that it cannot write them', async () => {
    const file = path.join(folderOf({ 'net.vgnet': twoNetworks }), 'net.vgnet');
    const outcome = await run([
      'analyze',
      file,
      '--network',
      'shallow',
      '--log',
      '/no/such/folder/out.vglog',
    ]);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.error).toBe(
      'vgnet: error: /no/such/folder/out.vglog cannot be written: there is no such folder\n',
    );
  });

  it('but never over the network itself', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks });
    const file = path.join(folder, 'net.vgnet');
    for (const option of ['--log', '--weights-out']) {
      const { code, error } = await run(['analyze', file, '--network', 'shallow', option, file]);
      expect({ code, error }).toEqual({
        code: 2,
        error: `vgnet: error: ${file} is the network's own file: it is not written over\n`,
      });
    }
    expect(readFileSync(file, 'utf8')).toBe(twoNetworks);
  });

  it('and looks at those of all networks before the first trains', async () => {
    const folder = folderOf({ 'net.vgnet': twoNetworks });
    mkdirSync(path.join(folder, 'out.shallow.safetensors'));
    const { code, out, error } = await run([
      ...['analyze', path.join(folder, 'net.vgnet'), '--steps', '3'],
      ...['--weights-out', path.join(folder, 'out.safetensors')],
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(/out\.shallow\.safetensors cannot be written: this is a folder, not a file\n$/);
    expect(readdirSync(folder).toSorted()).toEqual(['net.vgnet', 'out.shallow.safetensors']);
  });

  it('a disk that is full costs the log, not the run', async () => {
    const file = path.join(folderOf({ 'net.vgnet': twoNetworks }), 'net.vgnet');
    // Linux's device that is always full.
    const { code, out, error } = await run([
      ...['analyze', file, '--network', 'shallow', '--log', '/dev/full'],
    ]);
    expect(code).toBe(2);
    expect(error).toBe('vgnet: error: /dev/full cannot be written: no space is left; the log ends here\n');
    expect(out).toMatch(/^shallow: healthy: /);
  });
});
