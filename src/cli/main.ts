/** `dist/cli.js`: the command line under Node. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { prepareThreadedRun } from '../worker/threads.ts';
import { vgnet } from './vgnet.ts';

// A reader that has seen enough (`vgnet … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await vgnet(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  columns: process.stderr.columns ?? 80,
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  shippedData: path.join(import.meta.dirname, '..', 'data'),
  environment: process.env,
  prepareRun: prepareThreadedRun,
  threads: {
    start: () => new Worker(path.join(import.meta.dirname, 'worker.cjs')),
    count: availableParallelism(),
  },
});
