/** What the training thread does, apart from the thread: takes a request, posts what happens, ends with `finished` or `failed`. */
import type { GradientHistogram, RecordedRows } from '../engine/recording.ts';
import type { prepareRun, Run } from '../engine/trainer.ts';
import { joinRows } from '../protocol/rows.ts';
import type { AnalyzeRequest, FromWorker } from '../protocol/worker.ts';

/** What the handler needs from the world around it. */
export interface Surroundings {
  readonly prepareRun: typeof prepareRun;
  /** Sends a message; the buffers in `transfer` belong to the receiver afterwards. */
  readonly post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Milliseconds of training between two looks at the stop flag: a stop is heard well within the grace of 100 ms. */
const sliceMilliseconds = 20;

/** Does one job from its first message to its last. A bug in the engine ends the job as `failed`, not the thread. */
export function handleMessage(message: AnalyzeRequest, surroundings: Surroundings): void {
  try {
    train(message, surroundings);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = { rule: 'internal', message: text, line: message.network.line };
    surroundings.post({ type: 'failed', job: message.job, failure }, []);
  }
}

function train(request: AnalyzeRequest, { prepareRun, post, now }: Surroundings): void {
  const { job } = request;
  const { memoryLimit, fastMath } = request;
  const prepared = prepareRun(request.network, request.files, { memoryLimit, fastMath });
  if (!prepared.ok) {
    post({ type: 'failed', job, failure: prepared.failure }, []);
    return;
  }
  const { run } = prepared;
  const { layers, parameters, plannedSteps: steps, bytes, notes } = run;
  post({ type: 'started', job, layers, parameters, steps, bytes, notes }, []);
  const end = advanceToEnd(run, request, { post, now });
  post({ type: 'finished', job, result: run.finish(end) }, []);
}

function advanceToEnd(run: Run, request: AnalyzeRequest, { post, now }: Pick<Surroundings, 'post' | 'now'>) {
  const stopFlag = new Int32Array(request.stopFlag);
  const waiting = new Waiting(request.job, post);
  // The first points are sent at once: the person sees that something happens.
  let lastPosted = -Infinity;
  for (;;) {
    const slice = run.advance(sliceMilliseconds);
    waiting.add(slice.rows, slice.histograms);
    const end = slice.end ?? (Atomics.load(stopFlag, 0) === 0 ? undefined : 'stopped');
    if (end !== undefined || now() - lastPosted >= request.interval) {
      waiting.post();
      lastPosted = now();
    }
    if (end !== undefined) return end;
  }
}

/** Rows that were recorded since the last message. */
class Waiting {
  private rows: RecordedRows[] = [];
  private histograms: GradientHistogram[] = [];
  private readonly job: number;
  private readonly send: Surroundings['post'];

  constructor(job: number, send: Surroundings['post']) {
    this.job = job;
    this.send = send;
  }

  add(rows: RecordedRows, histograms: readonly GradientHistogram[]): void {
    if (rows.steps.length > 0) this.rows.push(rows);
    this.histograms.push(...histograms);
  }

  post(): void {
    if (this.rows.length === 0 && this.histograms.length === 0) return;
    const rows = joinRows(this.rows);
    const { job, histograms } = this;
    this.rows = [];
    this.histograms = [];
    this.send({ type: 'rows', job, rows, histograms }, transferable(rows, histograms));
  }
}

/** Each buffer once; views that share a larger buffer (a ring of the engine's) are left to be copied. */
function transferable(rows: RecordedRows, histograms: readonly GradientHistogram[]): readonly ArrayBuffer[] {
  const arrays = [
    rows.steps,
    rows.loss,
    rows.values,
    rows.timeErrors,
    ...histograms.map(({ counts }) => counts),
  ];
  const whole = arrays.filter(
    ({ buffer, byteLength }) => buffer instanceof ArrayBuffer && buffer.byteLength === byteLength,
  );
  return [...new Set(whole.map(({ buffer }) => buffer as ArrayBuffer))];
}
