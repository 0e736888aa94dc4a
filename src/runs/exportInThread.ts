/** A network is exported in a thread of its own, which ends with it: drawing and writing a large one takes seconds. */
import type { ExportedMessage, ExportOutcome, ExportRequest } from '../protocol/worker.ts';

/** What is used of `node:worker_threads`' Worker. */
export interface ExportingThread {
  postMessage(message: ExportRequest): void;
  on(event: 'message', listener: (message: ExportedMessage) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

/** The project's files, or why there are none; rejects where the thread dies. */
export async function exportInThread(
  thread: ExportingThread,
  request: Omit<ExportRequest, 'type'>,
): Promise<ExportOutcome> {
  try {
    return await new Promise<ExportOutcome>((resolve, reject) => {
      thread.on('message', ({ outcome }) => resolve(outcome));
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`The exporting thread ended with exit code ${code}`)));
      thread.postMessage({ type: 'export', ...request });
    });
  } finally {
    void thread.terminate();
  }
}
