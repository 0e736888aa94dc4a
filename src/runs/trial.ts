/** One training of a network from one seed: what was recorded, how it ended, and what it means. */
import { judge, type Judgement } from '../analysis/judge.ts';
import type { Thresholds } from '../analysis/verdict.ts';
import { Recorder, type RecorderLimits } from '../engine/recorder.ts';
import type { Recording, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { RunState } from '../protocol/view.ts';
import type { RowsMessage, RunFailure } from '../protocol/worker.ts';
import type { JobEvent } from './workerPool.ts';

/** What changed with an event: rows came, or the trial began or ended. */
export type TrialChange = 'rows' | 'state';

/** What `restore` puts back. */
export type PastTrial = Pick<
  Trial,
  'state' | 'plannedSteps' | 'result' | 'failure' | 'recording' | 'notes' | 'thresholds'
>;

export class Trial {
  /** With the trial's own seed. */
  readonly network: CheckedNetwork;
  state: RunState = 'running';
  plannedSteps = 0;
  result: RunResult | undefined;
  judgement: Judgement | undefined;
  thresholds: Thresholds;
  /** Why it failed or was cut short, in words, with the 1-based line it belongs to in the text that was analyzed. */
  failure: RunFailure | undefined;
  /** What a person should know about the data although it is no error. */
  notes: readonly string[] = [];
  private readonly limits: RecorderLimits | undefined;
  private recorder: Recorder | undefined;
  /** What a trial that came back from storage had recorded. */
  private restored: Recording | undefined;

  /** `limits` bound what is kept of it. */
  constructor(network: CheckedNetwork, thresholds: Thresholds, limits?: RecorderLimits) {
    this.network = network;
    this.thresholds = thresholds;
    this.limits = limits;
  }

  /** What was recorded so far; undefined before the thread has begun. */
  get recording(): Recording | undefined {
    return this.recorder ?? this.restored;
  }

  /** Steps recorded so far. */
  get steps(): number {
    const last = this.recording?.rows.steps.at(-1);
    return last === undefined ? 0 : last + 1;
  }

  /** Takes what the thread says; nothing any more once it is over. */
  receive(event: JobEvent): TrialChange | undefined {
    if (this.state !== 'running') return undefined;
    switch (event.type) {
      case 'started':
        this.recorder = new Recorder(event.layers, this.limits);
        this.plannedSteps = event.steps;
        this.notes = event.notes;
        return 'state';
      case 'rows':
        this.record(event);
        return 'rows';
      case 'finished':
        this.state = event.result.end;
        this.result = event.result;
        this.judgeBy(this.thresholds);
        return 'state';
      case 'failed':
        this.fail(event.failure);
        return 'state';
      case 'terminated':
        this.state = 'stopped';
        return 'state';
      case 'died':
        this.fail({
          rule: 'internal',
          message: `The training thread ended unexpectedly (${event.reason}). What was recorded until then is kept.`,
          line: this.network.line,
        });
        return 'state';
      default:
        throw new Error(`Unknown event of a training thread: ${JSON.stringify(event satisfies never)}`);
    }
  }

  /** Ends it as failed; what was recorded stays. */
  fail(failure: RunFailure): void {
    this.state = 'failed';
    this.failure = failure;
  }

  /** Judges anew, with other thresholds. */
  judgeBy(thresholds: Thresholds): void {
    this.thresholds = thresholds;
    if (this.recording === undefined || this.result === undefined) return;
    this.judgement = judge(this.recording, this.result, this.network, thresholds);
  }

  /** Puts it back into the state that it had in an earlier window. */
  restore(past: PastTrial): void {
    this.state = past.state;
    this.plannedSteps = past.plannedSteps;
    this.result = past.result;
    this.failure = past.failure;
    this.notes = past.notes;
    this.restored = past.recording;
    this.judgeBy(past.thresholds);
  }

  private record(message: RowsMessage): void {
    if (this.recorder === undefined) throw new Error(`Rows of ${this.network.name} came before it began`);
    this.recorder.add(message.rows, message.histograms);
  }
}

/** Numbers that all further trials of a network keep together, 64 MB, and each of them at least. */
const sharedNumbers = 2 ** 23;
const leastNumbers = 2 ** 15;
/** Rules read the first and the last histogram only. */
const furtherHistograms = 16;

/** One trial for each of `seeds` seeds, which follow the network's own. All but the first keep a bounded share of their rows. */
export function trialsOf(network: CheckedNetwork, thresholds: Thresholds, seeds: number): Trial[] {
  const mostNumbers = Math.max(leastNumbers, Math.floor(sharedNumbers / seeds));
  const further = { mostNumbers, mostHistograms: furtherHistograms };
  return Array.from({ length: seeds }, (_, index) => {
    const train = { ...network.train, seed: network.train.seed + index };
    const seeded = index === 0 ? network : { ...network, train };
    return new Trial(seeded, thresholds, index === 0 ? undefined : further);
  });
}
