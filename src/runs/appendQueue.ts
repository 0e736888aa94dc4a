/**
 * Rows on their way to the view: those of one message after the other, at most fifteen messages a second over all runs,
 * and none before the view has taken the one before. A long run is sent thinned: more than the view can draw would only
 * keep everything else waiting that goes the same way, the person's "Stop" included.
 */
import { listExtremes } from '../engine/extremes.ts';
import type { GradientHistogram, RecordedRows, Recording } from '../engine/recording.ts';
import { joinRows, packHistograms, packRows, thinRows } from '../protocol/rows.ts';
import type { AppendMessage } from '../protocol/view.ts';

const interval = 1000 / 15;

/** Numbers of a run that are sent whole: 2 MB, two thousand steps of ten layers. */
const wholeNumbers = 2 ** 18;
/** Numbers of a message after these: with fifteen a second, 1 MB/s. */
const thinnedNumbers = 2 ** 13;

/** Sends a message; what it returns settles when the view has taken it. */
export type SendAppend = (message: AppendMessage) => PromiseLike<unknown> | undefined;

interface Waiting {
  /** Of the whole run, these rows included. */
  readonly recording: Recording;
  readonly rows: RecordedRows[];
  readonly histograms: GradientHistogram[];
}

export class AppendQueue {
  private readonly waiting = new Map<string, Waiting>();
  /** Numbers sent of each run. */
  private readonly sent = new Map<string, number>();
  private readonly send: SendAppend;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;
  private underway = 0;
  private lastSent = -Infinity;

  constructor(send: SendAppend, now: () => number) {
    this.send = send;
    this.now = now;
  }

  add(run: string, rows: RecordedRows, histograms: readonly GradientHistogram[], recording: Recording): void {
    const waiting = this.waiting.get(run) ?? { recording, rows: [], histograms: [] };
    this.waiting.set(run, waiting);
    waiting.rows.push(rows);
    waiting.histograms.push(...histograms);
    this.schedule();
  }

  /** Sends what waits for a run at once: its end is about to be told. */
  flush(run: string): void {
    const waiting = this.waiting.get(run);
    if (waiting === undefined) return;
    this.waiting.delete(run);
    this.lastSent = this.now();
    const all = joinRows(waiting.rows);
    const isWhole = this.isStillWhole(run, all);
    const message: AppendMessage = {
      type: 'append',
      run,
      rows: packRows(isWhole ? all : thinRows(all, thinnedNumbers)),
      histograms: packHistograms(waiting.histograms),
      ...(isWhole ? {} : { extremes: listExtremes(waiting.recording).buffer }),
    };
    this.underway += 1;
    const taken = (): void => {
      this.underway -= 1;
      this.schedule();
    };
    const taking = this.send(message);
    // A view that goes while it is being sent to is no fault; its panel hears of it.
    if (taking === undefined) taken();
    else taking.then(taken, taken);
  }

  /** Whether the view has fewer rows of a run than there are: those of its later part lie farther apart. */
  hasThinned(run: string): boolean {
    return (this.sent.get(run) ?? 0) > wholeNumbers;
  }

  /** Forgets what waits: the view is gone, or is about to get everything. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
    this.sent.clear();
  }

  /** Counts these rows in, and says whether the run is still short enough to be sent whole. */
  private isStillWhole(run: string, rows: RecordedRows): boolean {
    const numbers = rows.values.length + rows.timeErrors.length;
    this.sent.set(run, (this.sent.get(run) ?? 0) + numbers);
    return !this.hasThinned(run);
  }

  private schedule(): void {
    if (this.timer !== undefined || this.underway > 0 || this.waiting.size === 0) return;
    const delay = Math.max(0, this.lastSent + interval - this.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const [next] = this.waiting.keys();
      if (next !== undefined) this.flush(next);
      this.schedule();
    }, delay);
  }
}
