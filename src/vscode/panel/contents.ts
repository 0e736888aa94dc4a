import * as vscode from 'vscode';
import type { RunStore } from '../../runs/runStore.ts';
import type { Documents } from '../documents.ts';
import { isLog, type Logs } from '../logs.ts';
import type { PanelContents } from './panel.ts';

export interface ContentSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly logs: Logs;
  /** Brings back what an earlier window measured. */
  readonly restore: (document: vscode.TextDocument) => Promise<void>;
}

/** What there is to show of a `.vgnet` file or a log; the runs alone where the file is gone. */
export async function readContents(
  uri: vscode.Uri,
  { documents, store, logs, restore }: ContentSources,
): Promise<PanelContents> {
  if (isLog(uri)) {
    const log = await logs.read(uri);
    return { networks: [], runs: log === undefined ? [] : [log] };
  }
  const document = await openIfThere(uri);
  // Deleted or renamed since: what was measured on it can still be looked at.
  if (document === undefined) return { networks: [], runs: store.of(uri.toString()) };
  await restore(document);
  const networks = documents.check(document).networks.map(({ name }) => name);
  return { networks, runs: store.of(uri.toString()) };
}

async function openIfThere(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
