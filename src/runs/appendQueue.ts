/** Rows on their way to the view: those of one message after the other, at most fifteen messages a second over all runs. */
import type { GradientHistogram, RecordedRows } from '../engine/recording.ts';
import { joinRows, packHistogram, packRows } from '../protocol/rows.ts';
import type { AppendMessage } from '../protocol/view.ts';

const interval = 1000 / 15;

interface Waiting {
  readonly rows: RecordedRows[];
  readonly histograms: GradientHistogram[];
}

export class AppendQueue {
  private readonly waiting = new Map<string, Waiting>();
  private readonly send: (message: AppendMessage) => void;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;
  private lastSent = -Infinity;

  constructor(send: (message: AppendMessage) => void, now: () => number) {
    this.send = send;
    this.now = now;
  }

  add(run: string, rows: RecordedRows, histograms: readonly GradientHistogram[]): void {
    const waiting = this.waiting.get(run) ?? { rows: [], histograms: [] };
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
    const rows = packRows(joinRows(waiting.rows));
    this.send({ type: 'append', run, rows, histograms: waiting.histograms.map(packHistogram) });
  }

  /** Forgets what waits: the view is gone, or is about to get everything. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.timer !== undefined || this.waiting.size === 0) return;
    const delay = Math.max(0, this.lastSent + interval - this.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const [next] = this.waiting.keys();
      if (next !== undefined) this.flush(next);
      this.schedule();
    }, delay);
  }
}
