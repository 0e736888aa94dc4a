/** What a command needs from the world around it, so that tests can be that world. */
import type { prepareRun } from '../engine/trainer.ts';
import type { Thread } from '../runs/workerPool.ts';

export interface Surroundings {
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  writeError(text: string): void;
  /** Standard error is a terminal: progress may be drawn over itself. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Calls `listener` at Ctrl+C instead of ending the process; returns what undoes it. */
  onInterrupt(listener: () => void): () => void;
  /** Version of the product. */
  readonly version: () => string;
  /** Folder of the data that comes with the product. */
  readonly shippedData: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly prepareRun: typeof prepareRun;
  /** Threads for several seeds at once. */
  readonly threads: SeedThreads;
}

/** The threads over which seeds are spread. */
export interface SeedThreads {
  readonly start: () => Thread;
  /** Seeds that are trained at once. */
  readonly count: number;
}

/** Exit codes are promises to scripts. */
export const exitCodes = { done: 0, gateFailed: 1, wrongInput: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The input was wrong: the message is for standard error, and the exit code is 2. An expected end of a command, not a bug. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
