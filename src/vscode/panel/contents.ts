import * as vscode from 'vscode';
import type { RunStore } from '../../runs/runStore.ts';
import type { Documents } from '../documents.ts';
import { isLog, type Logs } from '../logs.ts';
import type { PanelContents } from './panel.ts';

export interface ContentSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly logs: Logs;
}

/** What there is to show of a `.vgnet` file or a log; the runs alone where the file is gone. */
export async function readContents(
  uri: vscode.Uri,
  { documents, store, logs }: ContentSources,
): Promise<PanelContents> {
  if (isLog(uri)) {
    const log = await logs.read(uri);
    return { networks: [], runs: log === undefined ? [] : [log] };
  }
  const runs = store.of(uri.toString());
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    return { networks: documents.check(document).networks.map(({ name }) => name), runs };
  } catch {
    // Deleted or renamed since: what was measured on it can still be looked at.
    return { networks: [], runs };
  }
}
