/** The training thread under Node: a port, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { prepareRun } from '../engine/trainer.ts';
import type { ToWorker } from '../protocol/worker.ts';
import { handleMessage } from './handleMessage.ts';

if (parentPort === null) throw new Error('src/worker/main.ts runs as a worker thread only');
const port = parentPort;

port.on('message', (message: ToWorker) => {
  handleMessage(message, {
    prepareRun,
    post: (answer, transfer) => port.postMessage(answer, [...transfer]),
    now: () => performance.now(),
  });
});
