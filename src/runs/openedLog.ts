/** A `.vglog` that was opened: shown like a run, though nothing is known of it but what it says. */
import { formatCount } from '../analysis/numbers.ts';
import type { Thresholds } from '../analysis/verdict.ts';
import { Recorder } from '../engine/recorder.ts';
import type { Recording } from '../engine/recording.ts';
import type { RunLog } from '../protocol/runLog.ts';
import type { RunHeader } from '../protocol/view.ts';
import type { ShownRun } from './shownRun.ts';

export class OpenedLog implements ShownRun {
  readonly recording: Recording;
  private readonly file: string;
  private readonly log: RunLog;
  private readonly changedAt: number;
  private thresholds: Thresholds;

  /** `file` is its URI, `changedAt` the time of its last change in milliseconds since 1970. */
  constructor(file: string, log: RunLog, changedAt: number, thresholds: Thresholds) {
    const recorder = new Recorder(log.layers);
    recorder.add(log.rows, []);
    this.recording = recorder;
    this.file = file;
    this.log = log;
    this.changedAt = changedAt;
    this.thresholds = thresholds;
  }

  /** The same log has one id however often it is opened. */
  get id(): string {
    return `log ${this.file}`;
  }

  judgeBy(thresholds: Thresholds): void {
    this.thresholds = thresholds;
  }

  header(): RunHeader {
    const { steps } = this.recording.rows;
    const last = steps.at(-1);
    return {
      id: this.id,
      network: this.log.network,
      file: this.file,
      startedAt: this.changedAt,
      state: 'completed',
      stale: false,
      plannedSteps: last === undefined ? 0 : last + 1,
      layers: this.log.layers,
      hasText: false,
      thresholds: this.thresholds,
      prediction: undefined,
      result: undefined,
      verdict: undefined,
      findings: [],
      failure: undefined,
      seeds: undefined,
      notes: someNotes(this.log.notes),
    };
  }
}

/** Notes that are told; a file of another kind has one for every line. */
const mostNotes = 5;

function someNotes(notes: readonly string[]): readonly string[] {
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), `${formatCount(more)} more of this kind`] : notes;
}
