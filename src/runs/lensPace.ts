/**
 * When the editor is told to ask for lenses anew. It waits for the next such word before it asks, 250 ms or, where answers
 * came late, seconds, and begins to wait anew at each: words that come faster would keep it from ever asking. So it is not
 * told again before it has asked.
 */

/** Milliseconds between two words while a network trains, or many are being predicted. */
const interval = 1000;

/** Milliseconds after which a word that led to no question, perhaps since no such file was shown, is taken for lost. */
const patience = 10_000;

export interface LensPaceOptions {
  /** Has the editor ask anew. */
  readonly tell: () => void;
  /** Version of a file's text as it stands in the editor; undefined where it is not open. */
  readonly versionOf: (file: string) => number | undefined;
}

export class LensPace {
  private readonly options: LensPaceOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the editor was told for the last time, if it has not asked since. */
  private told: number | undefined;
  /** Versions of files' texts whose lenses the editor has. */
  private readonly given = new Map<string, number>();

  constructor(options: LensPaceOptions) {
    this.options = options;
  }

  /** The editor asks, and is given the lenses as they are now, for this version of a file's text. */
  give(file: string, version: number): void {
    this.told = undefined;
    this.given.set(file, version);
  }

  /** Something has changed that a person waits for. */
  now(): void {
    this.dispose();
    if (this.told !== undefined && Date.now() - this.told < patience) return;
    this.told = Date.now();
    this.options.tell();
  }

  /** Something has gone on. */
  soon(): void {
    this.timer ??= setTimeout(() => this.now(), interval);
  }

  /** A network of the file has been predicted; `isLast` where no other of it is still to be. */
  predicted(file: string, isLast: boolean): void {
    // For a text that it has no lenses of yet the editor is about to ask anyway.
    if (this.given.get(file) !== this.options.versionOf(file)) return;
    if (isLast) this.now();
    else this.soon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
