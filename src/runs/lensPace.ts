/**
 * When the editor is told to ask for lenses anew. It waits for the next such word before it asks, 250 ms or, where answers
 * came late, seconds, and begins to wait anew at each: words that come faster would keep it from ever asking. So it is told
 * of mere progress only once it has asked, or after a while: what it was told before it lost the focus it forgets. Of what a
 * person waits for it is told at once, but not of many such things one after the other, as when twenty networks train.
 */

/** Milliseconds between two words while a network trains, or many are being predicted. */
const interval = 1000;

/** Milliseconds until a word that led to no question is taken for lost, at least and at most. */
const leastPatience = 2000;
const mostPatience = 16_000;

/** Words at once that led to no question, such as those of one run that begins, trains and ends. */
const mostAtOnce = 3;
/** Milliseconds between two more of them, at first; each leaves the editor twice the time of the one before. */
const leastPause = 500;
const mostPause = 4000;

export interface LensPaceOptions {
  /** Has the editor ask anew. */
  readonly tell: () => void;
  /** Version of a file's text as it stands in the editor; undefined where it is not open. */
  readonly versionOf: (file: string) => number | undefined;
}

export class LensPace {
  private readonly options: LensPaceOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** For what a person waits for that could not be told at once. */
  private later: ReturnType<typeof setTimeout> | undefined;
  /** Words since the editor asked. */
  private words = 0;
  private pause = leastPause;
  /** When the editor was told for the last time, if it has not asked since. */
  private told: number | undefined;
  private patience = leastPatience;
  /** Versions of files' texts whose lenses the editor has. */
  private readonly given = new Map<string, number>();

  constructor(options: LensPaceOptions) {
    this.options = options;
  }

  /** The editor asks, and is given the lenses as they are now, for this version of a file's text. */
  give(file: string, version: number): void {
    if (this.told !== undefined) this.waitFor(3 * (Date.now() - this.told));
    this.told = undefined;
    this.words = 0;
    this.pause = leastPause;
    this.given.set(file, version);
  }

  /** Something has changed that a person waits for. */
  now(): void {
    if (this.later !== undefined) return;
    if (this.told === undefined || this.words < mostAtOnce) return this.tell();
    const rest = this.told + this.pause - Date.now();
    this.later = setTimeout(
      () => {
        this.pause = Math.min(2 * this.pause, mostPause);
        this.tell();
      },
      Math.max(0, rest),
    );
  }

  private tell(): void {
    this.dispose();
    this.told = Date.now();
    this.words += 1;
    this.options.tell();
  }

  /** Something has gone on. */
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.told === undefined) return this.now();
      if (Date.now() - this.told < this.patience) return;
      this.waitFor(2 * this.patience);
      this.now();
    }, interval);
  }

  /** A network of the file has been predicted; `isLast` where no other of it is still to be. */
  predicted(file: string, isLast: boolean): void {
    // For a text that it has no lenses of yet the editor is about to ask anyway.
    if (this.given.get(file) !== this.options.versionOf(file)) return;
    if (isLast) this.now();
    else this.soon();
  }

  /** Twice as long as the last time where nothing was asked; three times what the editor took where it asked. */
  private waitFor(milliseconds: number): void {
    this.patience = Math.min(Math.max(milliseconds, leastPatience), mostPatience);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.later);
    this.timer = undefined;
    this.later = undefined;
  }
}
