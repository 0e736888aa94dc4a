/**
 * When the editor is told to ask for lenses anew. It waits 250 ms or more for the next such word before it asks, and
 * begins to wait anew at each: words that come faster would keep the lenses from ever being asked for.
 */

/** Milliseconds between two words while a network trains, or many are being predicted. */
const interval = 1000;

export interface LensPaceOptions {
  /** Has the editor ask anew. */
  readonly tell: () => void;
  /** Version of a file's text as it stands in the editor; undefined where it is not open. */
  readonly versionOf: (file: string) => number | undefined;
}

export class LensPace {
  private readonly options: LensPaceOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Versions of files' texts whose lenses the editor has. */
  private readonly given = new Map<string, number>();

  constructor(options: LensPaceOptions) {
    this.options = options;
  }

  /** The editor was given lenses for this version of a file's text. */
  give(file: string, version: number): void {
    this.given.set(file, version);
  }

  /** Something has changed that a person waits for. */
  now(): void {
    this.dispose();
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
