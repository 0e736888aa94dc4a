/** Trains one network in slices, so that Ctrl+C is heard and progress is drawn between them. */
import { setImmediate as breathe } from 'node:timers/promises';
import { judge, type Judgement } from '../analysis/judge.ts';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { Thresholds } from '../analysis/verdict.ts';
import { Recorder } from '../engine/recorder.ts';
import type { RecordedRows, Recording, RunEnd, RunResult } from '../engine/recording.ts';
import type { prepareRun, Run } from '../engine/trainer.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { InputError } from './surroundings.ts';

/** Bytes that a run may take: what a laptop can spare. */
export const memoryLimit = 2 * 2 ** 30;
/** Milliseconds between two looks at Ctrl+C. */
const sliceMilliseconds = 40;

/** A run and what it means. */
export interface TrainedNetwork {
  readonly network: CheckedNetwork;
  readonly recording: Recording;
  readonly result: RunResult;
  readonly judgement: Judgement;
  readonly thresholds: Thresholds;
}

/** Who is told while it trains. */
export interface TrainingListener {
  begin?(run: Run): void;
  rows?(rows: RecordedRows): void;
  /** Asked between slices: should it end now? */
  isStopped?(): boolean;
}

/** Trains to the end, or until it is stopped. What the data or the plan forbid is an `InputError`. */
export async function trainNetwork(
  file: string,
  network: CheckedNetwork,
  files: FileContents,
  prepare: typeof prepareRun,
  listener: TrainingListener = {},
): Promise<TrainedNetwork> {
  const prepared = prepare(network, files, { memoryLimit });
  if (!prepared.ok) {
    const { line, message } = prepared.failure;
    throw new InputError(`${file}:${line}:1: error: ${message}`);
  }
  const { run } = prepared;
  listener.begin?.(run);
  const recorder = new Recorder(run.layers);
  let end: RunEnd | undefined;
  while (end === undefined) {
    const slice = run.advance(sliceMilliseconds);
    recorder.add(slice.rows, slice.histograms);
    listener.rows?.(slice.rows);
    await breathe();
    end = slice.end ?? (listener.isStopped?.() === true ? 'stopped' : undefined);
  }
  const result = run.finish(end);
  const thresholds = mergeThresholds(network.analyze);
  const judgement = judge(recorder, result, network, thresholds);
  return { network, recording: recorder, result, judgement, thresholds };
}
