/** What passes between a text and its first step: parsed, checked, sent to the training thread, planned, and the first rows back. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { check } from '../../src/language/check.ts';
import type { AnalyzeRequest, FromWorker } from '../../src/protocol/worker.ts';
import type { StartResult } from './report/results.ts';

const text = `
network ten_layers {
  input 2
  repeat 9 { dense 32 relu init=kaiming_normal }
  dense 1
}
data moons { samples = 1000, noise = 0.1 }
train { loss = bce_with_logits, optimizer = adam(lr=0.01), steps = 1 }
`;

/** Starts a thread and trains one step in it several times. */
export async function measureStart(rounds: number): Promise<StartResult> {
  const start = performance.now();
  const worker = new Worker(path.join(import.meta.dirname, '../../src/worker/main.ts'), { stderr: true });
  try {
    const cold = await oneRound(worker, start);
    const warm: number[] = [];
    for (let round = 0; round < rounds; round += 1) warm.push(await oneRound(worker, performance.now()));
    return { cold, warm };
  } finally {
    await worker.terminate();
  }
}

/** Milliseconds since `start` when the first rows have come. The round is over when the job is. */
function oneRound(worker: Worker, start: number): Promise<number> {
  const network = check(text).networks[0]?.network;
  if (network === undefined) throw new Error('The network for the start has an error');
  const request: AnalyzeRequest = {
    type: 'analyze',
    job: 1,
    network,
    files: new Map(),
    stopFlag: new SharedArrayBuffer(4),
    interval: 50,
    memoryLimit: 2 ** 30,
    fastMath: false,
  };
  worker.postMessage(request);
  return new Promise((resolve, reject) => {
    let firstRows = Number.NaN;
    const hear = (message: FromWorker): void => {
      if (message.type === 'rows') firstRows = performance.now() - start;
      if (message.type === 'failed') reject(new Error(message.failure.message));
      if (message.type !== 'finished') return;
      worker.off('message', hear);
      worker.off('error', reject);
      resolve(firstRows);
    };
    worker.on('message', hear);
    worker.once('error', reject);
  });
}
