/** Writes a `.vglog` while a run goes on, so that what was recorded outlives whatever ends it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { RecordedLayer, RecordedRows } from '../engine/recording.ts';
import { logHeader, logLines } from '../protocol/runLog.ts';
import { writeFailure } from './fileProblems.ts';

export class LogFile {
  private readonly descriptor: number;
  private layers: readonly RecordedLayer[] = [];

  /** Opens the file at once: a path that cannot be written is told before hours of training. */
  constructor(file: string) {
    try {
      this.descriptor = openSync(file, 'w');
    } catch (error) {
      throw writeFailure(file, error);
    }
  }

  begin(network: string, layers: readonly RecordedLayer[]): void {
    this.layers = layers;
    writeSync(this.descriptor, logHeader(network, layers));
  }

  add(rows: RecordedRows): void {
    writeSync(this.descriptor, logLines(rows, this.layers));
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
