import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { ExportOutcome, ExportRequest } from '../../src/protocol/worker.ts';
import { exportInThread } from '../../src/runs/exportInThread.ts';

/** A thread that does what it is told to do with a request. */
class FakeThread extends EventEmitter {
  terminated = 0;
  private readonly answer: (thread: FakeThread) => void;

  constructor(answer: (thread: FakeThread) => void) {
    super();
    this.answer = answer;
  }

  postMessage(message: ExportRequest): void {
    expect(message).toMatchObject({ type: 'export', memoryLimit: 7 });
    queueMicrotask(() => this.answer(this));
  }

  terminate(): Promise<number> {
    this.terminated += 1;
    return Promise.resolve(0);
  }
}

const request = { memoryLimit: 7 } as Omit<ExportRequest, 'type'>;
const outcome: ExportOutcome = { ok: true, files: new Map([['model.py', 'x']]) };

test('hands on the outcome and ends the thread', async () => {
  const thread = new FakeThread((self) => self.emit('message', { type: 'exported', outcome }));
  expect(await exportInThread(thread, request)).toBe(outcome);
  expect(thread.terminated).toBe(1);
});

test.each<[string, (thread: FakeThread) => void, RegExp]>([
  ['has an error', (self) => self.emit('error', new Error('out of memory')), /out of memory/],
  ['ends', (self) => self.emit('exit', 134), /ended with exit code 134/],
])('a thread that %s rejects', async (_, die, message) => {
  const thread = new FakeThread(die);
  await expect(exportInThread(thread, request)).rejects.toThrow(message);
  expect(thread.terminated).toBe(1);
});
