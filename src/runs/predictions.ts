/**
 * What is predicted for the networks of open files, computed in a thread of its own. The newest text alone counts: what
 * was asked for an older one is given up, and a thread that does not give up in time is ended.
 */
import type { Prediction } from '../analysis/prediction.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents, PredictedMessage, PredictRequest } from '../protocol/worker.ts';
import { Listeners } from './listeners.ts';

/** What is used of `node:worker_threads`' Worker. */
export interface PredictingThread {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: PredictedMessage) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  terminate(): Promise<number>;
}

export interface PredictionsOptions {
  readonly startThread: () => PredictingThread;
  /** Reads the files that a network names. */
  readonly readFiles: (file: string, network: CheckedNetwork) => Promise<FileContents>;
  /** Milliseconds between giving up a prediction and ending its thread. */
  readonly grace: number;
  readonly log: (message: string) => void;
}

/** Predictions remembered: as many networks as one looks at in a sitting. */
const mostRemembered = 200;

interface Wish {
  readonly file: string;
  readonly key: string;
  readonly network: CheckedNetwork;
}

interface Work extends Wish {
  readonly job: number;
  readonly stopFlag: Int32Array;
}

export class Predictions {
  private readonly options: PredictionsOptions;
  private readonly known = new Map<string, Prediction>();
  private readonly wishes = new Map<string, Wish>();
  private readonly listeners = new Listeners<{ readonly file: string }>();
  private thread: PredictingThread | undefined;
  private work: Work | undefined;
  private isReading = false;
  private lastJob = 0;
  /** A prediction for this file has come. */
  readonly onDidPredict = this.listeners.on;

  constructor(options: PredictionsOptions) {
    this.options = options;
  }

  /** What is known of this very network; undefined while it is being computed. */
  of(network: CheckedNetwork): Prediction | undefined {
    return this.known.get(keyOf(network));
  }

  /** These are the networks of a file now; earlier wishes for the file are forgotten. */
  want(file: string, networks: readonly CheckedNetwork[]): void {
    for (const [key, wish] of this.wishes) if (wish.file === file) this.wishes.delete(key);
    for (const network of networks) {
      const key = keyOf(network);
      if (!this.known.has(key)) this.wishes.set(key, { file, key, network });
    }
    if (this.work !== undefined && this.work.file === file && !this.wishes.has(this.work.key))
      this.giveUp(this.work);
    void this.next();
  }

  dispose(): void {
    this.wishes.clear();
    void this.thread?.terminate();
  }

  private async next(): Promise<void> {
    const [wish] = this.wishes.values();
    if (wish === undefined || this.work !== undefined || this.isReading) return;
    this.isReading = true;
    const files = await this.read(wish);
    this.isReading = false;
    if (files === undefined || !this.wishes.has(wish.key)) return this.next();
    this.lastJob += 1;
    const stopFlag = new SharedArrayBuffer(4);
    this.work = { ...wish, job: this.lastJob, stopFlag: new Int32Array(stopFlag) };
    this.thread ??= this.start();
    const request: PredictRequest = {
      type: 'predict',
      job: this.lastJob,
      network: wish.network,
      files,
      stopFlag,
    };
    this.thread.postMessage(request);
  }

  private async read({ file, key, network }: Wish): Promise<FileContents | undefined> {
    try {
      return await this.options.readFiles(file, network);
    } catch (error) {
      this.wishes.delete(key);
      this.options.log(`Nothing is predicted for ${network.name}: ${String(error)}`);
      return undefined;
    }
  }

  private start(): PredictingThread {
    const thread = this.options.startThread();
    thread.on('message', ({ job, prediction }) => {
      if (thread !== this.thread || job !== this.work?.job) return;
      this.settle(this.work, prediction);
    });
    thread.on('error', (error) => {
      if (thread !== this.thread) return;
      this.thread = undefined;
      this.options.log(`The predicting thread ended: ${error.message}`);
      if (this.work !== undefined)
        this.settle(this.work, { type: 'not-predictable', reason: 'the predicting thread ended' });
    });
    return thread;
  }

  private settle({ file, key, stopFlag }: Work, prediction: Prediction): void {
    this.work = undefined;
    if (Atomics.load(stopFlag, 0) === 0) {
      this.remember(key, prediction);
      this.wishes.delete(key);
      this.listeners.tell({ file });
    }
    void this.next();
  }

  private giveUp(work: Work): void {
    Atomics.store(work.stopFlag, 0, 1);
    setTimeout(() => {
      if (this.work !== work) return;
      void this.thread?.terminate();
      this.thread = undefined;
      this.work = undefined;
      void this.next();
    }, this.options.grace);
  }

  private remember(key: string, prediction: Prediction): void {
    this.known.set(key, prediction);
    const [oldest] = this.known.keys();
    if (this.known.size > mostRemembered && oldest !== undefined) this.known.delete(oldest);
  }
}

/** Two networks with one key have one prediction: the same but for where they stand and how they are judged. */
function keyOf(network: CheckedNetwork): string {
  const unimportant = new Set(['line', 'span', 'analyze']);
  return JSON.stringify(network, (name, value: unknown) => (unimportant.has(name) ? undefined : value));
}
