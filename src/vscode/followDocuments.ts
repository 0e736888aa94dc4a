import * as vscode from 'vscode';
import { isVgnet, type Documents } from './documents.ts';
import type { Problems } from './diagnostics.ts';
import type { TextChange } from '../runs/anchors.ts';
import type { DocumentPredictions } from './predictions.ts';
import type { RunStore } from '../runs/runStore.ts';

/** Milliseconds after a key until Problems follow; more keys put it off. */
const typingPause = 60;

export interface Followers {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly problems: Problems;
  readonly predictions: DocumentPredictions;
  /** Brings back what an earlier window measured. */
  readonly restore: (document: vscode.TextDocument) => void;
}

/** Keeps runs and Problems with the text of every document, as it stands in the editor. */
export function followDocuments({
  documents,
  store,
  problems,
  predictions,
  restore,
}: Followers): vscode.Disposable {
  const pending = new Map<vscode.TextDocument, NodeJS.Timeout>();
  const show = (document: vscode.TextDocument): void => {
    clearTimeout(pending.get(document));
    pending.delete(document);
    problems.show(document);
    predictions.follow(document);
    if (document === vscode.window.activeTextEditor?.document) offerComparison(document, documents);
  };
  const open = (document: vscode.TextDocument): void => {
    if (!isVgnet(document)) return;
    store.followText(document.uri.toString(), document.getText());
    restore(document);
    show(document);
  };
  for (const document of vscode.workspace.textDocuments) open(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isVgnet(document) || contentChanges.length === 0) return;
      store.followText(document.uri.toString(), document.getText(), contentChanges.map(changeOf));
      predictions.cancel(document);
      clearTimeout(pending.get(document));
      pending.set(
        document,
        setTimeout(() => show(document), typingPause),
      );
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(pending.get(document));
      pending.delete(document);
      problems.clear(document);
      predictions.cancel(document);
    }),
    store.onDidChange((event) => {
      if (event.type === 'rows') return;
      const file = event.type === 'file' ? event.file : event.session.request.file;
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file);
      // An edit shows itself after the pause; its positions are moved by VS Code until then.
      if (document !== undefined && event.type === 'state') show(document);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined && isVgnet(editor.document)) offerComparison(editor.document, documents);
    }),
    new vscode.Disposable(() => pending.forEach((timer) => clearTimeout(timer))),
  );
}

/** Keeps the `vgnet.severalNetworks` context: a comparison needs two. */
function offerComparison(document: vscode.TextDocument, documents: Documents): void {
  const several = documents.check(document).networks.length > 1;
  void vscode.commands.executeCommand('setContext', 'vgnet.severalNetworks', several);
}

function changeOf({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): TextChange {
  return { at: rangeOffset, removed: rangeLength, inserted: text };
}
