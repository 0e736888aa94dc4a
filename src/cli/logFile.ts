/** Writes a `.vglog` while a run goes on, so that what was recorded outlives whatever ends it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { RecordedLayer, RecordedRows } from '../engine/recording.ts';
import { logHeader, logLines } from '../protocol/runLog.ts';
import { writeFailure } from './fileProblems.ts';
import type { InputError } from './surroundings.ts';

export class LogFile {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly onFailure: (failure: InputError) => void;
  private layers: readonly RecordedLayer[] = [];
  private failed = false;

  /** Opens the file at once. A disk that is full later on costs the rest of the log, not the run: `onFailure` hears of it, once. */
  constructor(file: string, onFailure: (failure: InputError) => void) {
    this.file = file;
    this.onFailure = onFailure;
    try {
      this.descriptor = openSync(file, 'w');
    } catch (error) {
      throw writeFailure(file, error);
    }
  }

  begin(network: string, layers: readonly RecordedLayer[]): void {
    this.layers = layers;
    this.write(logHeader(network, layers));
  }

  add(rows: RecordedRows): void {
    this.write(logLines(rows, this.layers));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private write(lines: string): void {
    if (this.failed) return;
    try {
      writeSync(this.descriptor, lines);
    } catch (error) {
      this.failed = true;
      this.onFailure(writeFailure(this.file, error));
    }
  }
}
