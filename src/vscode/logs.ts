import * as vscode from 'vscode';
import { readRunLog } from '../protocol/runLog.ts';
import { OpenedLog } from '../runs/openedLog.ts';
import { describe } from './log.ts';
import { userThresholds } from './settings.ts';

/** The `.vglog` files that were opened in this window. */
export class Logs {
  private readonly opened = new Map<string, OpenedLog>();
  private readonly log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
  }

  find(id: string): OpenedLog | undefined {
    return [...this.opened.values()].find((log) => log.id === id);
  }

  /** Reads the log as it is now; says why where it is none. */
  async read(uri: vscode.Uri): Promise<OpenedLog | undefined> {
    const file = uri.toString();
    const bytes = await this.readIfThere(uri);
    if (bytes === undefined) return undefined;
    const outcome = readRunLog(new TextDecoder().decode(bytes));
    if (!outcome.ok) {
      void vscode.window.showErrorMessage(`${vscode.workspace.asRelativePath(uri)}: ${outcome.message}`);
      return undefined;
    }
    for (const note of outcome.log.notes) this.log.warn(`${file}: ${note}`);
    const { mtime } = await vscode.workspace.fs.stat(uri);
    const opened = new OpenedLog(file, outcome.log, mtime, userThresholds(uri));
    this.opened.set(file, opened);
    return opened;
  }

  private async readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(uri);
    } catch (error) {
      this.log.warn(`${uri.toString()} cannot be read: ${describe(error)}`);
      return undefined;
    }
  }

  /** Asks for a log. */
  async choose(): Promise<vscode.Uri | undefined> {
    const chosen = await vscode.window.showOpenDialog({
      canSelectMany: false,
      filters: { [vscode.l10n.t('Gradient logs')]: ['vglog'] },
      openLabel: vscode.l10n.t('Open Gradient Log'),
    });
    return chosen?.[0];
  }
}

/** Whether a file is a log by its name. */
export function isLog(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.vglog');
}
