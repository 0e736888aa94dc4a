import * as vscode from 'vscode';

/** The output channel: what was run, what was wrong with the input, and every bug with its stack. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('VGNet', { log: true });
}

/** Runs something that nobody awaits; what goes wrong in it is logged. */
export function inBackground(log: vscode.LogOutputChannel, what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => log.error(`${what}: ${describe(error)}`));
}

/** An error with its stack where it has one. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
