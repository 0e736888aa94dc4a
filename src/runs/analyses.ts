/**
 * Starts and stops runs. A network that is analyzed again while it trains begins anew: the earlier run is stopped and keeps what
 * it has recorded. Different networks train side by side.
 */
import type { PredictedLayer } from '../analysis/prediction.ts';
import type { Thresholds } from '../analysis/verdict.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { Span } from '../language/syntax.ts';
import type { FileContents } from '../protocol/worker.ts';
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
  readonly prediction: readonly PredictedLayer[] | undefined;
}

export interface AnalysesOptions {
  readonly store: RunStore;
  readonly pool: WorkerPool;
  /** Reads the files that a network names. */
  readonly readFiles: (file: string, network: CheckedNetwork) => Promise<FileContents>;
  /** Bytes that one run may take. */
  readonly memoryLimit: () => number;
  readonly now: () => number;
  /** Ids that are never used twice, also not after a reload of the window. */
  readonly newId: () => string;
  /** Told of bugs; the run that met one ends as failed. */
  readonly onBug: (error: unknown) => void;
}

export class Analyses {
  private readonly options: AnalysesOptions;
  private readonly jobs = new Map<Session, Job>();

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

  /** Ends a run; it keeps what it has recorded. */
  stop(session: Session): void {
    if (session.state !== 'running') return;
    const job = this.jobs.get(session);
    if (job === undefined) this.receive(session, { type: 'terminated' });
    else job.stop();
  }

  private async train(session: Session): Promise<void> {
    const { pool, readFiles, memoryLimit } = this.options;
    const { file, network } = session.request;
    let files: FileContents;
    try {
      files = await readFiles(file, network);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The files that ${network.name} names could not be read: ${reason}`;
      this.receive(session, {
        type: 'failed',
        job: 0,
        failure: { rule: 'data-file', message, line: network.line },
      });
      return;
    }
    // It may have been stopped while its files were read.
    if (session.state !== 'running') return;
    const request = { network, files, interval: rowsInterval, memoryLimit: memoryLimit() };
    const job = pool.run(request, (event) => this.receive(session, event));
    if (session.state === 'running') this.jobs.set(session, job);
  }

  private receive(session: Session, event: JobEvent): void {
    const change = this.take(session, event);
    if (session.state !== 'running') this.jobs.delete(session);
    if (change === 'rows' && event.type === 'rows') {
      this.options.store.tell({ type: 'rows', session, rows: event });
    } else if (change === 'state') {
      this.options.store.tell({ type: 'state', session });
    }
  }

  /** What the event changed. A bug in recording or judging ends this run and nothing else. */
  private take(session: Session, event: JobEvent): SessionChange | undefined {
    try {
      return session.receive(event);
    } catch (error) {
      this.options.onBug(error);
      this.jobs.get(session)?.stop();
      const message = `What the training thread sent could not be used: ${error instanceof Error ? error.message : String(error)}`;
      session.fail({ rule: 'internal', message, line: session.network.line });
      return 'state';
    }
  }
}
