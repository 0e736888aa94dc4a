/** Helping threads under Node: they do nothing but what the kernels tell them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { mostThreads } from '../engine/kernels/assembly/codes.ts';
import type { ThreadHost } from '../engine/team.ts';
import { prepareRun } from '../engine/trainer.ts';

/** All that a helper runs; it needs no file of its own. `help` returns when the helper is dismissed. */
const helper = `
const { workerData: { module, memory, control, thread } } = require('node:worker_threads');
new WebAssembly.Instance(module, { env: { memory } }).exports.help(control, thread);
`;

/** So many threads, the calling one included; helpers do not keep the process alive. */
export function nodeThreads(count: number): ThreadHost {
  return {
    count: Math.min(count, mostThreads),
    start(request) {
      new Worker(helper, { eval: true, workerData: request }).unref();
    },
  };
}

/** Prepares a run that may use every core of this machine, where a trial says that it pays. */
export const prepareThreadedRun: typeof prepareRun = (network, files, options) =>
  prepareRun(network, files, { threads: nodeThreads(availableParallelism()), ...options });
