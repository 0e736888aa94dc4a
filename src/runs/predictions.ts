/**
 * What is predicted for the networks of open files, computed in a thread of its own. The newest text alone counts: what
 * was asked for an older one is given up, and a thread that does not give up in time is ended.
 */
import type { Prediction } from '../analysis/prediction.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type {
  FileContents,
  PredictedMessage,
  PredictRequest,
  WhatIfAnswer,
  WhatIfChanges,
  WhatIfMessage,
  WhatIfRequest,
} from '../protocol/worker.ts';
import { Listeners } from './listeners.ts';

type Answer = PredictedMessage | WhatIfMessage;

/** What is used of `node:worker_threads`' Worker. */
export interface PredictingThread {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Answer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  terminate(): Promise<number>;
}

export interface PredictionsOptions {
  readonly startThread: () => PredictingThread;
  /** Reads the files that a network names. */
  readonly readFiles: (file: string, network: CheckedNetwork) => Promise<FileContents>;
  /** Milliseconds between giving up a question and ending its thread. */
  readonly grace: number;
  readonly log: (message: string) => void;
}

/** Answers remembered: as many networks as one looks at in a sitting. */
const mostRemembered = 200;

interface Question {
  readonly file: string;
  readonly key: string;
  /** Two networks with one key have the same answers. */
  readonly networkKey: string;
  readonly network: CheckedNetwork;
  readonly request: Pick<PredictRequest, 'type'> | Pick<WhatIfRequest, 'type' | 'layer' | 'changes'>;
}

/** A network of this file has been predicted; `isLast` where no other of it is still to be. */
export interface Predicted {
  readonly file: string;
  readonly isLast: boolean;
}

interface Work extends Question {
  readonly job: number;
  readonly stopFlag: Int32Array;
}

export class Predictions {
  private readonly options: PredictionsOptions;
  private readonly known = new Map<string, Answer>();
  private readonly questions = new Map<string, Question>();
  private readonly waiting = new Map<string, ((answer: Answer | undefined) => void)[]>();
  private readonly listeners = new Listeners<Predicted>();
  private thread: PredictingThread | undefined;
  private work: Work | undefined;
  private isReading = false;
  private lastJob = 0;
  readonly onDidPredict = this.listeners.on;

  constructor(options: PredictionsOptions) {
    this.options = options;
  }

  /** What is known of this very network; undefined while it is being computed. */
  of(network: CheckedNetwork): Prediction | undefined {
    const answer = this.known.get(keyOf(network));
    return answer?.type === 'predicted' ? answer.prediction : undefined;
  }

  /** These are the networks of a file now; whatever was asked about the file before is given up. */
  want(file: string, networks: readonly CheckedNetwork[]): void {
    const keys = new Set(networks.map(keyOf));
    for (const question of this.questions.values())
      if (question.file === file && !keys.has(question.networkKey)) this.drop(question.key);
    for (const network of networks) {
      const key = keyOf(network);
      this.pose({ file, key, networkKey: key, network, request: { type: 'predict' } });
    }
    if (this.work !== undefined && this.work.file === file && !this.questions.has(this.work.key))
      this.giveUp(this.work);
    void this.next();
  }

  /** What other activations or initialisers of a layer would do to the first layer's gradient; undefined when the text changes meanwhile. */
  async whatIf(
    file: string,
    network: CheckedNetwork,
    layer: number,
    changes: WhatIfChanges,
  ): Promise<readonly WhatIfAnswer[] | undefined> {
    const networkKey = keyOf(network);
    const key = `${changes} of ${layer} in ${networkKey}`;
    const answer =
      this.known.get(key) ??
      (await this.wait({ file, key, networkKey, network, request: { type: 'what-if', layer, changes } }));
    return answer?.type === 'what-if' ? answer.answers : undefined;
  }

  dispose(): void {
    for (const key of this.questions.keys()) this.drop(key);
    void this.thread?.terminate();
  }

  private wait(question: Question): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      this.waiting.set(question.key, [...(this.waiting.get(question.key) ?? []), resolve]);
      this.pose(question);
      void this.next();
    });
  }

  private pose(question: Question): void {
    if (!this.known.has(question.key) && !this.questions.has(question.key))
      this.questions.set(question.key, question);
  }

  private drop(key: string, answer?: Answer): void {
    this.questions.delete(key);
    for (const resolve of this.waiting.get(key) ?? []) resolve(answer);
    this.waiting.delete(key);
  }

  private async next(): Promise<void> {
    const [question] = this.questions.values();
    if (question === undefined || this.work !== undefined || this.isReading) return;
    this.isReading = true;
    const files = await this.read(question);
    this.isReading = false;
    if (files === undefined || !this.questions.has(question.key)) return this.next();
    this.lastJob += 1;
    const [job, stopFlag] = [this.lastJob, new SharedArrayBuffer(4)];
    this.work = { ...question, job, stopFlag: new Int32Array(stopFlag) };
    this.thread ??= this.start();
    const { network, request } = question;
    const message: PredictRequest | WhatIfRequest = { ...request, job, network, files, stopFlag };
    this.thread.postMessage(message);
  }

  private async read({ file, key, network }: Question): Promise<FileContents | undefined> {
    try {
      return await this.options.readFiles(file, network);
    } catch (error) {
      this.drop(key);
      this.options.log(`Nothing is predicted for ${network.name}: ${String(error)}`);
      return undefined;
    }
  }

  private start(): PredictingThread {
    const thread = this.options.startThread();
    thread.on('message', (answer) => {
      if (thread !== this.thread || answer.job !== this.work?.job) return;
      this.settle(this.work, answer);
    });
    thread.on('error', (error) => {
      if (thread !== this.thread) return;
      this.thread = undefined;
      this.options.log(`The predicting thread ended: ${error.message}`);
      if (this.work !== undefined) this.settle(this.work, nothing(this.work));
    });
    return thread;
  }

  private settle({ file, key, stopFlag, request }: Work, answer: Answer): void {
    this.work = undefined;
    if (Atomics.load(stopFlag, 0) === 0) {
      this.remember(key, answer);
      this.drop(key, answer);
      if (request.type === 'predict') this.listeners.tell({ file, isLast: !this.isToPredict(file) });
    }
    void this.next();
  }

  private isToPredict(file: string): boolean {
    return [...this.questions.values()].some(
      (question) => question.file === file && question.request.type === 'predict',
    );
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

  private remember(key: string, answer: Answer): void {
    this.known.set(key, answer);
    const [oldest] = this.known.keys();
    if (this.known.size > mostRemembered && oldest !== undefined) this.known.delete(oldest);
  }
}

/** The answer of a thread that died over the question. */
function nothing({ job, request }: Work): Answer {
  if (request.type === 'what-if') return { type: 'what-if', job, answers: [] };
  return {
    type: 'predicted',
    job,
    prediction: { type: 'not-predictable', reason: 'the predicting thread ended' },
  };
}

/** Two networks with one key have one prediction: the same but for where they stand and how they are judged. */
function keyOf(network: CheckedNetwork): string {
  const known = keys.get(network);
  if (known !== undefined) return known;
  const unimportant = new Set(['line', 'span', 'analyze']);
  const key = JSON.stringify(network, (name, value: unknown) => (unimportant.has(name) ? undefined : value));
  keys.set(network, key);
  return key;
}

/** Lenses and hovers ask for the same network again and again. */
const keys = new WeakMap<CheckedNetwork, string>();
