/**
 * The threads that train: one is kept warm, more are started while several networks are analyzed, and none is ever
 * waited for in vain: a thread that dies or does not stop in time ends its job and is replaced.
 */
import type { AnalyzeRequest, FromWorker } from '../protocol/worker.ts';

/** What the pool uses of `node:worker_threads`' Worker. */
export interface Thread {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: FromWorker) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

/** What a job's owner hears: the thread's own messages, or that there will be no more of them. */
export type JobEvent =
  | FromWorker
  /** Ended because it was asked to: before it began, or by force after the grace period. */
  | { readonly type: 'terminated' }
  /** The thread died under it. */
  | { readonly type: 'died'; readonly reason: string };

export type JobRequest = Omit<AnalyzeRequest, 'type' | 'job' | 'stopFlag'>;

export interface Job {
  /** Asks the run to end; ends it by force when it has not answered within the grace period. */
  stop(): void;
}

export interface PoolOptions {
  readonly startThread: () => Thread;
  /** How many jobs may run at once; asked anew for each. */
  readonly size: () => number;
  /** Milliseconds between asking a thread to stop and ending it. */
  readonly grace: number;
  readonly log: (message: string) => void;
}

export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly queue: PooledJob[] = [];
  private readonly busy = new Map<Thread, PooledJob>();
  private readonly idle = new Set<Thread>();
  private lastJob = 0;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** Starts a thread before it is needed. */
  warm(): void {
    if (this.idle.size === 0 && this.busy.size === 0) this.idle.add(this.start());
  }

  /** Queues a job, behind all of the same or a lower rank. Its listener hears exactly one of `finished`, `failed`, `terminated` and `died`, as the last event. */
  run(request: JobRequest, listener: (event: JobEvent) => void, rank = 0): Job {
    this.lastJob += 1;
    const job = new PooledJob(this.lastJob, rank, request, listener);
    this.queue.push(job);
    this.queue.sort((a, b) => a.rank - b.rank);
    this.next();
    return { stop: () => this.stop(job) };
  }

  dispose(): void {
    for (const job of this.queue.splice(0)) job.end({ type: 'terminated' });
    for (const [thread, job] of this.busy) {
      job.end({ type: 'terminated' });
      void thread.terminate();
    }
    for (const thread of this.idle) void thread.terminate();
    this.busy.clear();
    this.idle.clear();
  }

  private next(): void {
    while (this.queue.length > 0 && this.busy.size < Math.max(1, this.options.size())) {
      const job = this.queue.shift() as PooledJob;
      const [thread = this.start()] = this.idle;
      this.idle.delete(thread);
      this.busy.set(thread, job);
      thread.postMessage(job.message());
    }
  }

  private start(): Thread {
    const thread = this.options.startThread();
    thread.on('message', (message) => this.receive(thread, message));
    thread.on('error', (error) => this.lose(thread, error.message));
    thread.on('exit', (code) => this.lose(thread, `exit code ${code}`));
    return thread;
  }

  private receive(thread: Thread, message: FromWorker): void {
    const job = this.busy.get(thread);
    if (job === undefined || job.number !== message.job) return;
    if (message.type === 'finished' || message.type === 'failed') {
      this.busy.delete(thread);
      // One thread stays warm; those that a comparison needed besides it go.
      if (this.queue.length > 0 || this.idle.size === 0) this.idle.add(thread);
      else void thread.terminate();
      job.end(message);
      this.next();
    } else {
      job.tell(message);
    }
  }

  /** The thread is gone, wanted or not. */
  private lose(thread: Thread, reason: string): void {
    const job = this.busy.get(thread);
    const wasIdle = this.idle.delete(thread);
    this.busy.delete(thread);
    if (wasIdle) this.options.log(`An idle training thread ended: ${reason}`);
    if (job === undefined) return;
    this.options.log(`The training thread of job ${job.number} ended: ${reason}`);
    job.end(job.stopping ? { type: 'terminated' } : { type: 'died', reason });
    this.next();
  }

  private stop(job: PooledJob): void {
    if (job.ended || job.stopping) return;
    const waiting = this.queue.indexOf(job);
    if (waiting >= 0) {
      this.queue.splice(waiting, 1);
      job.end({ type: 'terminated' });
      return;
    }
    job.askToStop();
    setTimeout(() => this.force(job), this.options.grace);
  }

  private force(job: PooledJob): void {
    if (job.ended) return;
    for (const [thread, running] of this.busy) {
      if (running !== job) continue;
      this.options.log(
        `Job ${job.number} did not stop within ${this.options.grace} ms and is ended by force`,
      );
      void thread.terminate();
    }
  }
}

class PooledJob {
  readonly number: number;
  readonly rank: number;
  ended = false;
  stopping = false;
  private readonly request: JobRequest;
  private readonly listener: (event: JobEvent) => void;
  private readonly stopFlag = new SharedArrayBuffer(4);

  constructor(number: number, rank: number, request: JobRequest, listener: (event: JobEvent) => void) {
    this.number = number;
    this.rank = rank;
    this.request = request;
    this.listener = listener;
  }

  message(): AnalyzeRequest {
    return { ...this.request, type: 'analyze', job: this.number, stopFlag: this.stopFlag };
  }

  askToStop(): void {
    this.stopping = true;
    Atomics.store(new Int32Array(this.stopFlag), 0, 1);
  }

  tell(event: JobEvent): void {
    if (!this.ended) this.listener(event);
  }

  end(event: JobEvent): void {
    if (this.ended) return;
    this.ended = true;
    this.listener(event);
  }
}
