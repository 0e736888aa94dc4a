import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSummary, NetworkSummary } from '../../src/analysis/summary.ts';
import { prepareRun } from '../../src/engine/trainer.ts';
import { folderOf, run, twoNetworks } from './commandLine.ts';
import { threadInTest } from './thread.ts';

const args = ['--network', 'deep_sigmoid', '--steps', '30'];

function fileOf(text = twoNetworks): string {
  return path.join(folderOf({ 'net.vgnet': text }), 'net.vgnet');
}

async function summaryOf(file: string, ...more: readonly string[]): Promise<NetworkSummary | undefined> {
  const { out } = await run(['analyze', file, ...args, ...more, '--json']);
  return (JSON.parse(out) as FileSummary).networks[0];
}

describe('several seeds on the command line', () => {
  it('say how often the verdict came up, and each layer’s band', async () => {
    const { out, code } = await run(['analyze', fileOf(), ...args, '--seeds', '3']);
    expect(code).toBe(0);
    expect(out).toMatch(/^deep_sigmoid: vanishing in 3 of 3 seeds: hidden\[1\]/);
    expect(out).toContain('3 seeds: median (smallest to largest)');
    expect(out).toContain('(in 3 of 3 seeds)');
  });

  it('come from the file where the command line does not say', async () => {
    const file = fileOf(`${twoNetworks}\nanalyze { seeds = 2 }\n`);
    expect((await run(['analyze', file, ...args])).out).toContain('vanishing in 2 of 2 seeds');
    expect((await run(['analyze', file, ...args, '--seeds', '1'])).out).toMatch(/^deep_sigmoid: vanishing: /);
  });

  it('measure what each of them measures alone', async () => {
    const file = fileOf();
    const together = await summaryOf(file, '--seeds', '3');
    const norms = [];
    for (const seed of ['1', '2', '3']) {
      const alone = await summaryOf(file, '--seed', seed);
      norms.push(alone?.layers[0]?.norm);
    }
    // The first seed leads, since all came to the same verdict.
    expect(together?.layers[0]?.norm).toEqual(norms[0]);
    expect(together?.seed).toBe(1);
    const last = norms.map((norm) => norm?.last ?? Number.NaN);
    expect(new Set(last).size).toBe(3);
  });

  it('write the first one’s log, every step of it', async () => {
    const file = fileOf();
    const log = path.join(path.dirname(file), 'run.vglog');
    await run(['analyze', file, ...args, '--seeds', '2', '--log', log]);
    const together = readFileSync(log, 'utf8');
    await run(['analyze', file, ...args, '--log', log]);
    expect(together).toBe(readFileSync(log, 'utf8'));
    expect(together.trimEnd().split('\n')).toHaveLength(31);
  });

  it('go on without one whose thread has died', async () => {
    let started = 0;
    const start = () => {
      started += 1;
      return started === 1
        ? threadInTest(() => {
            throw new Error('broken');
          })
        : threadInTest();
    };
    const { out, error, code } = await run(['analyze', fileOf(), ...args, '--seeds', '3'], {
      threads: { start, count: 3 },
    });
    expect(code).toBe(0);
    expect(out).toContain('vanishing in 2 of 2 seeds');
    expect(error).toContain('deep_sigmoid, seed 1: Error: broken');
  });

  it('are no pass where the thread of every one has died', async () => {
    const start = () =>
      threadInTest(() => {
        throw new Error('broken');
      });
    const { out, error, code } = await run(['check', fileOf(), '--seeds', '2'], {
      threads: { start, count: 2 },
    });
    expect(code).toBe(2);
    expect(error).toContain('net.vgnet:1:1: error: no seed of deep_sigmoid came to a result');
    expect(out).toContain('0 networks checked');
  });

  it('end with the one message where the data is wrong', async () => {
    const text = twoNetworks.replace(
      'data moons { samples = 200, noise = 0.1 }',
      'data csv { path = "x.csv", target = y }',
    );
    const { code, error } = await run(['analyze', fileOf(text), ...args, '--seeds', '4']);
    expect(code).toBe(2);
    expect(error.match(/x\.csv/g)).toHaveLength(1);
  });

  it('keep what they have when interrupted', async () => {
    let interrupted = false;
    const prepare: typeof prepareRun = (...given) => {
      interrupted = true;
      return prepareRun(...given);
    };
    const { code } = await run(['analyze', fileOf(), ...args, '--seeds', '50'], {
      threads: { start: () => threadInTest(prepare), count: 1 },
      onInterrupt(listener) {
        const watch = setInterval(() => interrupted && listener(), 1);
        return () => clearInterval(watch);
      },
    });
    expect(code).toBe(130);
  });
});
