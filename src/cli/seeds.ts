/** Trains a network over several seeds, spread over threads. */
import type { Thresholds } from '../analysis/verdict.ts';
import type { RecordedLayer, RecordedRows } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { FileContents } from '../protocol/worker.ts';
import { trialsOf, type Trial } from '../runs/trial.ts';
import { WorkerPool, type JobEvent } from '../runs/workerPool.ts';
import { InputError, type SeedThreads } from './surroundings.ts';
import { memoryLimit, type TrainedNetwork } from './training.ts';

/** Milliseconds between two looks at Ctrl+C. */
const stopInterval = 40;
/** Milliseconds between asking a thread to stop and ending it: what it has recorded is worth a while. */
const stopGrace = 2000;
/** Milliseconds between two messages with rows. */
const rowsInterval = 1000 / 15;

/** Who is told while the seeds train. */
export interface SeedsListener {
  /** The first seed begins. */
  begin(layers: readonly RecordedLayer[], notes: readonly string[]): void;
  /** The first seed has recorded more. */
  rows(rows: RecordedRows): void;
  /** Any of them is further on. */
  progress(trials: readonly Trial[]): void;
  /** Asked now and then: should all of them end now? */
  isStopped(): boolean;
  /** A seed that is left out because its thread died. */
  note(message: string): void;
}

/** The runs of every seed that came to a result, in the order of the seeds. What the data or the plan forbid is an `InputError`. */
export async function trainSeeds(
  file: string,
  network: CheckedNetwork,
  thresholds: Thresholds,
  seeds: number,
  files: FileContents,
  threads: SeedThreads,
  listener: SeedsListener,
): Promise<TrainedNetwork[]> {
  const trials = trialsOf(network, thresholds, seeds);
  const pool = new WorkerPool({
    startThread: threads.start,
    size: () => threads.count,
    grace: stopGrace,
    log: listener.note,
  });
  try {
    await trainAll(trials, files, pool, listener);
  } finally {
    pool.dispose();
  }
  const runs = trials.flatMap(({ failure, recording, result, judgement, network: seeded }) => {
    if (failure !== undefined && failure.rule !== 'internal')
      throw new InputError(`${file}:${failure.line}:1: error: ${failure.message}`);
    if (failure !== undefined)
      listener.note(`${network.name}, seed ${seeded.train.seed}: ${failure.message} It is left out.`);
    if (recording === undefined || result === undefined || judgement === undefined) return [];
    return [{ network: seeded, recording, result, judgement, thresholds }];
  });
  // A gate must not take silence for a pass.
  if (runs.length === 0 && !listener.isStopped())
    throw new InputError(`${file}:${network.line}:1: error: no seed of ${network.name} came to a result`);
  return runs;
}

/** Settles when the last trial has ended. */
function trainAll(
  trials: readonly Trial[],
  files: FileContents,
  pool: WorkerPool,
  listener: SeedsListener,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const watch = setInterval(() => listener.isStopped() && stopAll(), stopInterval);
    const jobs = trials.map((trial, position) => {
      const request = { network: trial.network, files, interval: rowsInterval, memoryLimit, fastMath: false };
      return pool.run(request, (event) => {
        try {
          hear(trial, position, event);
        } catch (error) {
          clearInterval(watch);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    // What waits goes before what trains: otherwise it would begin in its place.
    const stopAll = (): void => jobs.toReversed().forEach((job) => job.stop());

    function hear(trial: Trial, position: number, event: JobEvent): void {
      if (position === 0 && event.type === 'started') listener.begin(event.layers, event.notes);
      if (position === 0 && event.type === 'rows') listener.rows(event.rows);
      trial.receive(event);
      listener.progress(trials);
      // What is wrong with the data of one is wrong with all.
      if (trial.failure !== undefined && trial.failure.rule !== 'internal') stopAll();
      if (trials.some(({ state }) => state === 'running')) return;
      clearInterval(watch);
      resolve();
    }
  });
}
