/** `dist/cli.js`: the command line under Node. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { prepareThreadedRun } from '../worker/threads.ts';
import { writeFailure } from './fileProblems.ts';
import { outliveReader } from './standardStreams.ts';
import { exitCodes } from './surroundings.ts';
import { vgnet } from './vgnet.ts';

outliveReader(process.stdout, (error) => {
  process.stderr.write(`${writeFailure('standard output', error).message}\n`);
  process.exit(exitCodes.wrongInput);
});
// What cannot be told on standard error cannot be told at all; the exit code still says it.
outliveReader(process.stderr, () => undefined);

/** The folder that the product lies in. */
const home = path.join(import.meta.dirname, '..');

process.exitCode = await vgnet(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  columns: process.stderr.columns ?? 80,
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  version: () =>
    (JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }).version,
  shippedData: path.join(home, 'data'),
  environment: process.env,
  prepareRun: prepareThreadedRun,
  threads: {
    start: () => new Worker(path.join(import.meta.dirname, 'worker.cjs')),
    count: availableParallelism(),
  },
});
