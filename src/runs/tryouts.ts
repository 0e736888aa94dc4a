/**
 * Trains the fixes of a network beside whatever else trains. Their runs are nobody's history: they are kept here and in no file's
 * runs, until one of the fixes is written into the text and its run becomes that text's.
 */
import type { AnalysesOptions } from './analyses.ts';
import type { Candidate, Judged } from '../analysis/fixes/fix.ts';
import { measure, rank, type Measured } from '../analysis/fixes/measure.ts';
import { isAlarm } from '../analysis/verdict.ts';
import type { FileContents } from '../protocol/worker.ts';
import { Listeners } from './listeners.ts';
import { Session } from './session.ts';
import type { Job, JobEvent } from './workerPool.ts';

/** Least milliseconds between two messages with rows: nobody looks at them before the end. */
const rowsInterval = 1000;
/** Behind every seed of a person's own runs, which are waited for with more impatience. */
const rankInPool = 1e6;

/** A fix, its run, and what that showed. */
export interface TriedFix {
  readonly candidate: Candidate;
  readonly session: Session;
  readonly measured: Measured;
}

/** The fixes of one network, being tried or tried. */
export class Tryout {
  /** The run of the network as it is. */
  readonly asItIs: Session;
  readonly candidates: readonly Candidate[];
  state: 'running' | 'done' | 'cancelled' = 'running';
  /** Those that have been trained, the best first. */
  tried: readonly TriedFix[] = [];
  /** Trained or found impossible. */
  done = 0;
  /** Somebody has looked at what came out. */
  seen = false;

  constructor(asItIs: Session, candidates: readonly Candidate[]) {
    this.asItIs = asItIs;
    this.candidates = candidates;
  }

  get total(): number {
    return this.candidates.length;
  }
}

/** What an analysis needs to train, but nowhere to keep its runs. A fix that meets a bug is left out. */
export type TryoutsOptions = Omit<AnalysesOptions, 'store'>;

export class Tryouts {
  private readonly options: TryoutsOptions;
  private readonly known = new WeakMap<Session, Tryout>();
  private readonly jobs = new Map<Tryout, Set<Job>>();
  private readonly listeners = new Listeners<Tryout>();
  /** Told of every fix that has been tried, and of the end. */
  readonly onDidChange = this.listeners.on;

  constructor(options: TryoutsOptions) {
    this.options = options;
  }

  /** What is tried, or was tried last, for the network of a run. */
  of(session: Session | undefined): Tryout | undefined {
    return session && this.known.get(session);
  }

  running(): Tryout[] {
    return [...this.jobs.keys()];
  }

  /** Tries the fixes of a run's network; settles when all are tried, or when it is cancelled. */
  async start(asItIs: Session, candidates: readonly Candidate[]): Promise<Tryout> {
    const tryout = new Tryout(asItIs, candidates);
    this.known.set(asItIs, tryout);
    this.jobs.set(tryout, new Set());
    this.listeners.tell(tryout);
    try {
      const files = await this.options.readFiles(asItIs.request.file, asItIs.network);
      if (tryout.state === 'running')
        await Promise.all(
          candidates.map(async (candidate) =>
            this.take(tryout, candidate, await this.train(tryout, candidate, files)),
          ),
        );
      if (tryout.state === 'running') tryout.state = 'done';
    } catch (error) {
      this.cancel(tryout);
      throw error;
    } finally {
      this.jobs.delete(tryout);
      this.listeners.tell(tryout);
    }
    return tryout;
  }

  /** Ends it; what was tried is forgotten. */
  cancel(tryout: Tryout): void {
    if (tryout.state !== 'running') return;
    tryout.state = 'cancelled';
    this.known.delete(tryout.asItIs);
    // What waits goes before what trains: otherwise it would begin in its place.
    for (const job of [...(this.jobs.get(tryout) ?? [])].toReversed()) job.stop();
    this.listeners.tell(tryout);
  }

  /** Somebody looks at what came out. */
  see(tryout: Tryout): void {
    tryout.seen = true;
    this.listeners.tell(tryout);
  }

  /** One fix's run over as many seeds as the network's own, to its end. */
  private train(tryout: Tryout, candidate: Candidate, files: FileContents): Promise<Session> {
    const { pool, computing, newId, now } = this.options;
    const { text, network, header } = candidate;
    const { request } = tryout.asItIs;
    const session = new Session(newId(), {
      ...request,
      text,
      network,
      header,
      thresholds: tryout.asItIs.thresholds,
      prediction: undefined,
      startedAt: now(),
    });
    const common = { files, interval: rowsInterval, ...computing() };
    const jobs: Job[] = [];
    const ended = new Promise<Session>((resolve) => {
      for (const [position, trial] of session.trials.entries()) {
        const job = pool.run(
          { network: trial.network, ...common },
          (event) => {
            this.receive(session, event, position);
            if (session.state !== 'running') resolve(session);
          },
          rankInPool + position,
        );
        jobs.push(job);
        this.jobs.get(tryout)?.add(job);
      }
    });
    // What is wrong with one seed may be wrong with all: the others need not go on.
    return ended.finally(() => jobs.toReversed().forEach((job) => job.stop()));
  }

  private receive(session: Session, event: JobEvent, position: number): void {
    try {
      session.receive(event, position);
    } catch (error) {
      this.options.onBug(error);
      session.fail({ rule: 'internal', message: String(error), line: session.network.line });
    }
  }

  private take(tryout: Tryout, candidate: Candidate, session: Session): void {
    if (tryout.state !== 'running') return;
    const measured = measureSession(session);
    tryout.done += 1;
    if (measured !== undefined) {
      // Equal ones stay in the order in which they were proposed, whichever came first.
      const all = [...tryout.tried, { candidate, session, measured }];
      const place = (fix: TriedFix): number => tryout.candidates.indexOf(fix.candidate);
      tryout.tried = rank(all.toSorted((a, b) => place(a) - place(b)));
    }
    this.listeners.tell(tryout);
  }
}

/** The numbers of a run over the seeds that came to their end; undefined where none did. */
export function measureSession({ trials }: Session): Measured | undefined {
  const runs = trials.flatMap(({ state, recording, result, judgement }) => {
    const ended = state === 'completed' || state === 'diverged';
    return ended && recording && result && judgement ? [{ recording, result, judgement }] : [];
  });
  return runs.length > 0 ? measure(runs) : undefined;
}

/** What is to be cured: the first seed of a run that alarms; undefined where none does. */
export function alarmOf({ trials }: Session): Judged | undefined {
  for (const { judgement, recording } of trials)
    if (judgement && recording && isAlarm(judgement.verdict.kind)) return { ...judgement, recording };
  return undefined;
}
