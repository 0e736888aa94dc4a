/** Runs the command line inside the test, in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { Surroundings } from '../../src/cli/surroundings.ts';
import { vgnet } from '../../src/cli/vgnet.ts';
import { prepareRun } from '../../src/engine/trainer.ts';
import { threadInTest } from './thread.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A new folder with these files; it is gone after the test. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

/** Runs a command; `world` replaces parts of its surroundings. */
export async function run(
  commandLine: readonly string[],
  world: Partial<Surroundings> = {},
): Promise<Outcome> {
  let out = '';
  let error = '';
  const code = await vgnet(commandLine, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    isTerminal: false,
    columns: 100,
    onInterrupt: () => () => undefined,
    version: () => '1.2.3',
    shippedData: path.join(import.meta.dirname, '..', '..', 'data'),
    environment: {},
    prepareRun,
    threads: { start: () => threadInTest(), count: 2 },
    ...world,
  });
  return { code, out, error };
}

/** Two networks, one whose gradients vanish and one that learns; 200 steps take some tens of milliseconds. */
export const twoNetworks = `network deep_sigmoid {
  input 2
  hidden: repeat 8 { dense 8 sigmoid init=xavier_uniform }
  output: dense 1
}

network shallow {
  input 2
  hidden: dense 8 tanh
  output: dense 1
}

data moons { samples = 200, noise = 0.1 }
train { loss = bce_with_logits, optimizer = sgd(lr=0.5), batch = 32, steps = 200 }
`;
