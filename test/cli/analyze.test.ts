import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { FileSummary } from '../../src/analysis/summary.ts';
import { folderOf, run, twoNetworks } from './commandLine.ts';

async function analyzeAsJson(text: string, ...options: string[]): Promise<FileSummary> {
  const file = path.join(folderOf({ 'net.vgnet': text }), 'net.vgnet');
  const { code, out, error } = await run(['analyze', file, '--json', ...options]);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return JSON.parse(out) as FileSummary;
}

describe('--json', () => {
  it('prints the object that scripts rely on, and nothing else', async () => {
    const { vgnet, networks } = await analyzeAsJson(twoNetworks);
    expect(vgnet).toBe(1);
    expect(networks.map(({ name, verdict }) => [name, verdict.kind])).toEqual([
      ['deep_sigmoid', 'vanishing'],
      ['shallow', 'healthy'],
    ]);
    const [deep] = networks;
    // 2·8+8, seven times 8·8+8, 8+1.
    expect(deep).toMatchObject({ parameters: 537, steps: 200, end: 'completed' });
    expect(deep?.findings[0]).toMatchObject({ id: 'vanishing-gradient', severity: 'warning' });
    expect(deep?.layers.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `hidden[${index + 1}]`),
      'output',
    ]);
    const [first] = deep?.layers ?? [];
    expect(first).toMatchObject({ kind: 'dense', line: 3, parameters: 24, below: true });
    expect(first?.norm?.min).toBeLessThanOrEqual(first?.norm?.last ?? NaN);
    expect(first?.rms?.last).toBeCloseTo((first?.norm?.last ?? NaN) / Math.sqrt(24), 20);
    expect(first).toHaveProperty('saturation');
    expect(first).not.toHaveProperty('deadShare');
    expect(networks[1]?.accuracy?.test).toBeGreaterThan(0.7);
  });

  it('is the same at every run but for the time it took', async () => {
    const [first, second] = [await analyzeAsJson(twoNetworks), await analyzeAsJson(twoNetworks)].map(
      ({ networks }) => networks.map((network) => ({ ...network, seconds: 0 })),
    );
    expect(first).toEqual(second);
  });

  it('takes a network, a number of steps and a seed from the command line', async () => {
    const { networks } = await analyzeAsJson(
      twoNetworks,
      '--network',
      'shallow',
      '--steps',
      '30',
      '--seed',
      '9',
    );
    expect(networks).toMatchObject([{ name: 'shallow', steps: 30, seed: 9 }]);
  });

  it('counts verdicts over seeds', async () => {
    const { networks } = await analyzeAsJson(twoNetworks, '--network', 'deep_sigmoid', '--seeds', '3');
    expect(networks).toMatchObject([{ verdict: { kind: 'vanishing' }, verdicts: { vanishing: 3 } }]);
    expect(networks[0]?.seeds?.map(({ seed, verdict }) => [seed, verdict])).toEqual([
      [1, 'vanishing'],
      [2, 'vanishing'],
      [3, 'vanishing'],
    ]);
    for (const { overSeeds } of networks[0]?.layers ?? []) {
      expect(overSeeds?.low).toBeLessThanOrEqual(overSeeds?.median ?? 0);
      expect(overSeeds?.high).toBeGreaterThanOrEqual(overSeeds?.median ?? Infinity);
    }
  });
});

test('without --json a person reads the verdict, the table of layers and the findings', async () => {
  const file = path.join(folderOf({ 'net.vgnet': twoNetworks }), 'net.vgnet');
  const { code, out } = await run(['analyze', file]);
  expect(code).toBe(0);
  expect(out).toMatch(/^deep_sigmoid: vanishing: hidden\[1\] \d\.\d\de-\d+, [\d,]+ times less than output$/m);
  expect(out).toMatch(/^ {2}hidden\[1\] +3 +24 .* below$/m);
  expect(out).toContain('warning vanishing-gradient: hidden[1]');
  expect(out).toMatch(/^shallow: healthy: loss/m);
});

test('Ctrl+C ends with 130, and what was recorded is reported and kept', async () => {
  const folder = folderOf({ 'net.vgnet': twoNetworks });
  const log = path.join(folder, 'out.vglog');
  let interrupt = (): void => undefined;
  let drawn = 0;
  const { code, out } = await run(
    [
      'analyze',
      path.join(folder, 'net.vgnet'),
      '--steps',
      '10000000',
      '--network',
      'shallow',
      '--json',
      '--log',
      log,
    ],
    {
      isTerminal: true,
      onInterrupt(listener) {
        interrupt = listener;
        return () => undefined;
      },
      // Progress is drawn at the beginning and then now and then: the second time, some steps have been done.
      writeError: () => ++drawn === 2 && interrupt(),
    },
  );
  expect(code).toBe(130);
  const [network] = (JSON.parse(out) as FileSummary).networks;
  expect(network).toMatchObject({ name: 'shallow', end: 'stopped' });
  expect(network?.steps).toBeGreaterThan(0);
  expect(readFileSync(log, 'utf8').trimEnd().split('\n').length).toBe(1 + (network?.steps ?? NaN));
});

describe('what is wrong is said with its place, and the exit code is 2', () => {
  const network = (line: string, data = 'moons { samples = 100 }', loss = 'bce_with_logits'): string =>
    `network n {\n  input 2\n  ${line}\n}\ndata ${data}\ntrain { loss = ${loss}, steps = 5 }\n`;

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an unknown word', network('dens 3'), /^FILE:3:3: error: .*dense/],
    ['a negative size', network('dense -3'), /^FILE:3:9: error: /],
    ['an unclosed block', 'network n {\n  input 2\n', /^FILE:\d:\d+: error: /],
    ['no network', 'let x = 3\n', /^FILE:1:1: error: there is no network in this file/],
    [
      'a missing data file',
      network('dense 1', 'csv { path = "no.csv", target = y }', 'mse'),
      /^FILE:5:1: error: .*no\.csv/,
    ],
    [
      'text that is not UTF-8',
      new Uint8Array([0x6e, 0x0a, 0xff, 0xfe]),
      /^FILE:2:1: error: this line is not UTF-8 text/,
    ],
  ])('%s', async (_, text, message) => {
    const file = path.join(folderOf({ 'net.vgnet': text }), 'net.vgnet');
    const { code, out, error } = await run(['analyze', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error.replaceAll(file, 'FILE')).toMatch(message);
  });

  test.each<[string, string[], RegExp]>([
    ['no file', ['analyze'], /A \.vgnet file is missing/],
    [
      'a file that is not there',
      ['analyze', '/no/such.vgnet'],
      /^\/no\/such\.vgnet:1:1: error: there is no such file/,
    ],
    ['a folder', ['analyze', '/'], /^\/:1:1: error: this is a folder/],
    ['two files', ['analyze', 'a', 'b'], /One file is enough/],
    ['an unknown option', ['analyze', '--fast', 'a'], /Unknown option '--fast'/],
    [
      'steps that are no number',
      ['analyze', 'a', '--steps', 'many'],
      /--steps takes a whole number from 1 to 1,000,000,000, not "many"/,
    ],
    ['no steps', ['analyze', 'a', '--steps', '0'], /--steps takes a whole number from 1/],
    [
      'a seed beyond those of a file',
      ['analyze', 'a', '--seed', '4294967296'],
      /--seed .* 0 to 4,294,967,295,/,
    ],
    ['more seeds than a file may have', ['check', 'a', '--seeds', '1001'], /--seeds .* 1 to 1,000,/],
    ['no command', [], /A command is missing/],
    ['an unknown command', ['analyse', 'a'], /There is no command "analyse"/],
  ])('%s', async (_, commandLine, message) => {
    const { code, out, error } = await run(commandLine);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(message);
  });

  test('a network that is not in the file', async () => {
    const file = path.join(folderOf({ 'net.vgnet': twoNetworks }), 'net.vgnet');
    const { code, error } = await run(['analyze', file, '--network', 'deep']);
    expect(code).toBe(2);
    expect(error).toContain('there is no network "deep"; the file has deep_sigmoid, shallow');
  });

  test('a sound network is analyzed though another one of its file is not', async () => {
    const file = path.join(
      folderOf({ 'net.vgnet': `${twoNetworks}\nnetwork broken { input 2; dense -3 }\n` }),
      'net.vgnet',
    );
    expect((await run(['analyze', file])).code).toBe(2);
    expect((await run(['analyze', file, '--network', 'shallow', '--steps', '3'])).code).toBe(0);
  });
});

test('--version says which one it is', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, out: '1.2.3\n', error: '' });
});

test('help is no error', async () => {
  for (const commandLine of [['--help'], ['help'], ['analyze', '--help']]) {
    const { code, out, error } = await run(commandLine);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('vgnet analyze FILE');
  }
});
