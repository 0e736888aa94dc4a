/**
 * Starts and stops runs, each over its seeds. A network that is analyzed again while it trains begins anew: the earlier run is stopped and keeps what
 * it has recorded. Different networks train side by side.
 */
import type { PredictedLayer } from '../analysis/prediction.ts';
import type { Thresholds } from '../analysis/verdict.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { Span } from '../language/syntax.ts';
import type { ComputingSettings, FileContents } from '../protocol/worker.ts';
import type { RunStore } from './runStore.ts';
import { Session, type SessionChange } from './session.ts';
import type { Job, JobEvent, WorkerPool } from './workerPool.ts';

/** Least milliseconds between two messages with rows: fifteen a second. */
const rowsInterval = 1000 / 15;

/** One network to analyze, with all that the run remembers. */
export interface AnalysisOrder {
  readonly file: string;
  readonly text: string;
  readonly network: CheckedNetwork;
  readonly header: Span;
  readonly thresholds: Thresholds;
  readonly seeds: number;
  readonly prediction: readonly PredictedLayer[] | undefined;
}

export interface AnalysesOptions {
  readonly store: RunStore;
  readonly pool: WorkerPool;
  /** Reads the files that a network names. */
  readonly readFiles: (file: string, network: CheckedNetwork) => Promise<FileContents>;
  /** How a run that starts now may compute. */
  readonly computing: () => ComputingSettings;
  readonly now: () => number;
  /** Ids that are never used twice, also not after a reload of the window. */
  readonly newId: () => string;
  /** Told of bugs; the run that met one ends as failed. */
  readonly onBug: (error: unknown) => void;
}

export class Analyses {
  private readonly options: AnalysesOptions;
  /** The jobs of each run that is going on, one a seed. */
  private readonly jobs = new Map<Session, Job[]>();

  constructor(options: AnalysesOptions) {
    this.options = options;
  }

  /** Begins a run; it is in the store at once, and trains as soon as its files are read and a thread is free. */
  start(order: AnalysisOrder): Session {
    const { store, now, newId } = this.options;
    for (const earlier of store.of(order.file)) {
      if (earlier.state === 'running' && earlier.network.name === order.network.name) this.stop(earlier);
    }
    const session = new Session(newId(), { ...order, startedAt: now() });
    store.add(session);
    void this.train(session);
    return session;
  }

  /** Ends a run, all of its seeds; it keeps what it has recorded. */
  stop(session: Session): void {
    if (session.state !== 'running') return;
    const jobs = this.jobs.get(session);
    // What waits goes before what trains: otherwise it would begin in its place.
    if (jobs !== undefined) for (const job of jobs.toReversed()) job.stop();
    else
      for (const position of session.trials.keys()) this.receive(session, { type: 'terminated' }, position);
  }

  private async train(session: Session): Promise<void> {
    const { pool, readFiles, computing } = this.options;
    const { file, network } = session.request;
    let files: FileContents;
    try {
      files = await readFiles(file, network);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The files that ${network.name} names could not be read: ${reason}`;
      const failure = { rule: 'data-file', message, line: network.line };
      this.receive(session, { type: 'failed', job: 0, failure }, 0);
      return;
    }
    // It may have been stopped while its files were read.
    if (session.state !== 'running') return;
    const common = { files, interval: rowsInterval, ...computing() };
    const jobs: Job[] = [];
    this.jobs.set(session, jobs);
    for (const [position, trial] of session.trials.entries()) {
      const request = { network: trial.network, ...common };
      // The first seeds of several networks go before the further ones of any.
      jobs.push(pool.run(request, (event) => this.receive(session, event, position), position));
    }
  }

  private receive(session: Session, event: JobEvent, position: number): void {
    const { store } = this.options;
    const change = this.take(session, event, position);
    if (session.state !== 'running') this.end(session);
    const trial = session.trials[position];
    if (change === 'rows' && event.type === 'rows') store.tell({ type: 'rows', session, rows: event });
    if (change === 'progress') store.tell({ type: 'progress', session });
    if (change === 'seed' && trial !== undefined) store.tell({ type: 'seed', session, trial });
    if (change === 'state' || (change === 'seed' && session.state !== 'running'))
      store.tell({ type: 'state', session });
  }

  /** What the event changed. A bug in recording or judging ends this run and nothing else. */
  private take(session: Session, event: JobEvent, position: number): SessionChange | undefined {
    try {
      return session.receive(event, position);
    } catch (error) {
      this.options.onBug(error);
      const message = `What the training thread sent could not be used: ${error instanceof Error ? error.message : String(error)}`;
      session.fail({ rule: 'internal', message, line: session.network.line });
      return 'state';
    }
  }

  /** Ends what is left of a run's jobs: it may be over before all of its seeds are. */
  private end(session: Session): void {
    const jobs = this.jobs.get(session) ?? [];
    this.jobs.delete(session);
    for (const job of jobs.toReversed()) job.stop();
  }
}
