import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnalyzeRequest } from '../../src/protocol/worker.ts';
import { WorkerPool, type JobEvent, type JobRequest, type Thread } from '../../src/runs/workerPool.ts';

const grace = 100;
/** Nothing of a request but its stop flag is looked at by the pool. */
const request = { interval: 0 } as unknown as JobRequest;

class FakeThread extends EventEmitter implements Thread {
  readonly requests: AnalyzeRequest[] = [];
  terminated = false;

  postMessage(message: unknown): void {
    this.requests.push(message as AnalyzeRequest);
  }

  terminate(): Promise<number> {
    this.terminated = true;
    this.emit('exit', 1);
    return Promise.resolve(1);
  }

  get isAskedToStop(): boolean {
    const flag = this.requests.at(-1)?.stopFlag;
    return flag !== undefined && Atomics.load(new Int32Array(flag), 0) !== 0;
  }

  answer(message: { readonly type: 'rows' | 'finished' | 'failed' }): void {
    this.emit('message', { ...message, job: this.requests.at(-1)?.job });
  }
}

function poolOf(size: number): { pool: WorkerPool; threads: FakeThread[]; log: string[] } {
  const threads: FakeThread[] = [];
  const log: string[] = [];
  const startThread = (): FakeThread => {
    const thread = new FakeThread();
    threads.push(thread);
    return thread;
  };
  const pool = new WorkerPool({ startThread, size: () => size, grace, log: (line) => log.push(line) });
  return { pool, threads, log };
}

function start(pool: WorkerPool): { types: string[]; stop: () => void } {
  const types: string[] = [];
  const job = pool.run(request, (event: JobEvent) => types.push(event.type));
  return { types, stop: () => job.stop() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the threads that train', () => {
  it('give a job to the warm thread and keep that thread for the next one', () => {
    const { pool, threads } = poolOf(1);
    pool.warm();
    const first = start(pool);
    threads[0]?.answer({ type: 'rows' });
    threads[0]?.answer({ type: 'finished' });
    const second = start(pool);
    expect(first.types).toEqual(['rows', 'finished']);
    expect(threads).toHaveLength(1);
    expect(threads[0]?.requests).toHaveLength(2);
    threads[0]?.answer({ type: 'failed' });
    expect(second.types).toEqual(['failed']);
  });

  it('let no more jobs run at once than allowed, and take the waiting ones in their order', () => {
    const { pool, threads } = poolOf(2);
    const jobs = [start(pool), start(pool), start(pool)];
    expect(threads.map(({ requests }) => requests.length)).toEqual([1, 1]);
    threads[1]?.answer({ type: 'finished' });
    expect(threads.map(({ requests }) => requests.length)).toEqual([1, 2]);
    expect(jobs.map(({ types }) => types)).toEqual([[], ['finished'], []]);
  });

  it('keep one thread after several have worked', () => {
    const { pool, threads } = poolOf(2);
    start(pool);
    start(pool);
    for (const thread of threads) thread.answer({ type: 'finished' });
    expect(threads.map(({ terminated }) => terminated)).toEqual([false, true]);
  });

  it('are asked to stop, and left alone when they do', () => {
    const { pool, threads } = poolOf(1);
    const job = start(pool);
    job.stop();
    expect(threads[0]?.isAskedToStop).toBe(true);
    threads[0]?.answer({ type: 'finished' });
    vi.advanceTimersByTime(grace);
    expect(threads[0]?.terminated).toBe(false);
    expect(job.types).toEqual(['finished']);
  });

  it('are ended by force when they do not stop within the grace period, and replaced', () => {
    const { pool, threads } = poolOf(1);
    const job = start(pool);
    job.stop();
    vi.advanceTimersByTime(grace - 1);
    expect(threads[0]?.terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(threads[0]?.terminated).toBe(true);
    expect(job.types).toEqual(['terminated']);
    const next = start(pool);
    threads[1]?.answer({ type: 'finished' });
    expect(next.types).toEqual(['finished']);
  });

  it('end the job that they die under, and the next job gets a new one', () => {
    const { pool, threads, log } = poolOf(1);
    const job = start(pool);
    const waiting = start(pool);
    threads[0]?.emit('error', new Error('out of memory'));
    threads[0]?.emit('exit', 1);
    expect(job.types).toEqual(['died']);
    threads[1]?.answer({ type: 'finished' });
    expect(waiting.types).toEqual(['finished']);
    expect(log.join()).toContain('out of memory');
  });

  it('never begin a job that was stopped while it waited', () => {
    const { pool, threads } = poolOf(1);
    start(pool);
    const waiting = start(pool);
    waiting.stop();
    expect(waiting.types).toEqual(['terminated']);
    threads[0]?.answer({ type: 'finished' });
    expect(threads[0]?.requests).toHaveLength(1);
  });

  it('tell every job of its end when all is over', () => {
    const { pool, threads } = poolOf(1);
    const jobs = [start(pool), start(pool)];
    pool.dispose();
    expect(jobs.map(({ types }) => types)).toEqual([['terminated'], ['terminated']]);
    expect(threads[0]?.terminated).toBe(true);
  });

  it('pass over what a thread says of a job that is not its own', () => {
    const { pool, threads } = poolOf(1);
    const job = start(pool);
    threads[0]?.emit('message', { type: 'finished', job: 99 });
    expect(job.types).toEqual([]);
  });
});
