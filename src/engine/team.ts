/** Threads that help with a run, used where they are found to pay. */
import type { RunMemory } from './memory.ts';

/** What a helping thread needs: it instantiates the module over the memory and calls `help(control, thread)`, which returns when it is dismissed. */
export interface HelpRequest {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  readonly thread: number;
}

/** Where threads come from: the engine itself knows no platform. */
export interface ThreadHost {
  /** Threads that may share a step, the calling one included. */
  readonly count: number;
  /** Starts one thread with `help`; it may take its time. */
  start(request: HelpRequest): void;
}

/** Milliseconds of training after which helpers are called: a run that is over by then needs none. */
const patience = 60;
/** Calls between two trials of both ways: the machine may have become busy, or idle. A trial that threads lose doubles it. */
const shortestInterval = 50;
const longestInterval = 800;
/** Calls of a trial, each way. */
const trialCalls = 3;
/** Share of a call's usual length in a trial: what is tried may be slower by far, and a stop is heard between calls. */
const trialShare = 0.25;
/** A trial ends at once when threads take so many times as long as one. */
const hopeless = 1.5;
/** Place of the number of ready helpers in the control block, in bytes. */
const readyPlace = 12;

/** How the next call is to be made. */
export interface CallChoice {
  readonly threads: number;
  /** How long it should be, beside other calls. */
  readonly share: number;
}

/** One run's helpers. Whether they take part changes no bit of the results, only the time. */
export class Team {
  private readonly memory: RunMemory;
  private readonly control: number;
  private readonly host: ThreadHost | undefined;
  private readonly blocks: number;
  private started = false;
  /** Threads that did better in the latest trial. */
  private better = 1;
  private interval = shortestInterval;
  private callsUntilTrial = 0;
  /** The calls of the trial that is going on, and the least milliseconds a step in them. */
  private trial: number[] = [];
  private alone = Infinity;
  private together = Infinity;

  /** `blocks` are the parts in which a batch can be shared out. */
  constructor(memory: RunMemory, control: number, host: ThreadHost | undefined, blocks: number) {
    this.memory = memory;
    this.control = control;
    this.host = host;
    this.blocks = blocks;
  }

  /** Threads for the next call. */
  choose(): CallChoice {
    const size = Math.min(this.host?.count ?? 1, this.blocks);
    if (size < 2 || !this.isComplete()) return { threads: 1, share: 1 };
    if (this.trial.length === 0 && this.callsUntilTrial === 0) this.beginTrial(size);
    const [threads] = this.trial;
    if (threads !== undefined) return { threads, share: trialShare };
    this.callsUntilTrial -= 1;
    return { threads: this.better, share: 1 };
  }

  private beginTrial(size: number): void {
    this.trial = [1, size].flatMap((threads) => Array.from({ length: trialCalls }, () => threads));
    [this.alone, this.together] = [Infinity, Infinity];
  }

  /** Whether all helpers that were called are there. */
  isComplete(): boolean {
    const ready = this.memory.view.getInt32(this.control + readyPlace, true);
    return this.started && ready >= (this.host?.count ?? 1) - 1;
  }

  /** Tells how long a step took in the call that was chosen. */
  report(threads: number, milliseconds: number): void {
    if (this.trial.shift() === undefined) return;
    if (threads === 1) this.alone = Math.min(this.alone, milliseconds);
    else this.together = Math.min(this.together, milliseconds);
    if (this.together < Infinity && this.together > hopeless * this.alone) this.trial = [];
    if (this.trial.length > 0) return;
    this.better = this.together < this.alone ? threads : 1;
    this.interval = this.better > 1 ? shortestInterval : Math.min(2 * this.interval, longestInterval);
    this.callsUntilTrial = this.interval;
  }

  /** Calls for helpers once the run has lasted for a while and is not about to end. */
  callHelpers(elapsed: number, remaining: number): void {
    if (
      this.started ||
      this.host === undefined ||
      this.blocks < 2 ||
      elapsed < patience ||
      remaining < patience
    )
      return;
    this.started = true;
    for (let thread = 1; thread < this.host.count; thread++) {
      this.host.start({
        module: this.memory.module,
        memory: this.memory.memory,
        control: this.control,
        thread,
      });
    }
  }

  /** Sends the helpers home. */
  dismiss(): void {
    if (this.started) this.memory.kernels.dismiss(this.control);
    this.started = false;
  }
}
