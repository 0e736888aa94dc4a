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
/** Calls after which the other way is tried again: the machine may have become busy, or idle. */
const trialInterval = 50;
/** Calls of each trial. */
const trialCalls = 3;
/** Place of the number of ready helpers in the control block, in bytes. */
const readyPlace = 12;

/** One run's helpers. Whether they take part changes no bit of the results, only the time. */
export class Team {
  private readonly memory: RunMemory;
  private readonly control: number;
  private readonly host: ThreadHost | undefined;
  private readonly blocks: number;
  private started = false;
  private calls = 0;
  /** Least milliseconds a step in the latest trial: alone, together. */
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
  choose(): number {
    const size = Math.min(this.host?.count ?? 1, this.blocks);
    if (!this.started || size < 2) return 1;
    if (!this.isComplete()) return 1;
    const place = this.calls++ % trialInterval;
    if (place === 0) [this.alone, this.together] = [Infinity, Infinity];
    if (place < trialCalls) return 1;
    if (place < 2 * trialCalls) return size;
    return this.together < this.alone ? size : 1;
  }

  /** Whether all helpers that were called are there. */
  isComplete(): boolean {
    const ready = this.memory.view.getInt32(this.control + readyPlace, true);
    return this.started && ready >= (this.host?.count ?? 1) - 1;
  }

  /** Tells how long a step took in a call with so many threads. */
  report(threads: number, milliseconds: number): void {
    if (threads === 1) this.alone = Math.min(this.alone, milliseconds);
    else this.together = Math.min(this.together, milliseconds);
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
