/** A thread that is none: what it is asked to train is trained in the test's own thread, a turn later. */
import { prepareRun } from '../../src/engine/trainer.ts';
import type { AnalyzeRequest, FromWorker } from '../../src/protocol/worker.ts';
import type { Thread } from '../../src/runs/workerPool.ts';
import { handleMessage } from '../../src/worker/handleMessage.ts';

export function threadInTest(prepare: typeof prepareRun = prepareRun): Thread {
  let listener: ((message: FromWorker) => void) | undefined;
  return {
    postMessage(message) {
      const post = (answer: FromWorker): void => listener?.(answer);
      setImmediate(() =>
        handleMessage(message as AnalyzeRequest, {
          prepareRun: prepare,
          post,
          now: () => performance.now(),
        }),
      );
    },
    on(event: string, heard: (message: never) => void) {
      if (event === 'message') listener = heard as (message: FromWorker) => void;
      return this;
    },
    terminate: () => Promise.resolve(0),
  };
}
