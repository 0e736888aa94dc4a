import { getPriority } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { backgroundNiceness } from '../../src/worker/priority.ts';

const source = path.resolve(import.meta.dirname, '../../src/worker/priority.ts');

/** Answers with the niceness of itself, and of a thread that it starts, once it has given way. */
const worker = `
const { parentPort, Worker } = require('node:worker_threads');
const { getPriority } = require('node:os');
const { readlinkSync } = require('node:fs');
const own = () => getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
import(${JSON.stringify(source)}).then(({ giveWay }) => {
  giveWay();
  const helper = new Worker(
    "const { parentPort } = require('node:worker_threads'); const { getPriority } = require('node:os');" +
    "parentPort.postMessage(getPriority(Number(require('node:fs').readlinkSync('/proc/thread-self').split('/').at(-1))));",
    { eval: true },
  );
  helper.on('message', (inherited) => parentPort.postMessage([own(), inherited]));
});
`;

describe.runIf(process.platform === 'linux')('a thread that gives way', () => {
  it('is nicer than its process, as are those that it starts', async () => {
    const before = getPriority();
    const thread = new Worker(worker, { eval: true });
    const priorities = await new Promise((resolve, reject) => {
      thread.on('message', resolve);
      thread.on('error', reject);
    });
    const expected = Math.max(before, backgroundNiceness);
    expect(priorities).toEqual([expected, expected]);
    expect(getPriority()).toBe(before);
  });
});
