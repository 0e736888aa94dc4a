import * as vscode from 'vscode';
import { isVgnet, type Documents } from './documents.ts';
import type { GradientPanel } from './panel/panel.ts';

const pause = 80;

/** Turns an open view to the active file, and lights up the layer that the cursor stands on. */
export function followCursor(panel: GradientPanel, documents: Documents): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const light = ({ document, selection }: vscode.TextEditor): void => {
    const offset = document.offsetAt(selection.active);
    const outcome = documents
      .check(document)
      .networks.find(({ span }) => offset >= span.from && offset <= span.to);
    if (outcome === undefined) return;
    const line = selection.active.line + 1;
    const layer = outcome.network?.layers.find(
      (candidate) => candidate.line === line && candidate.parameters > 0,
    );
    panel.highlight(document.uri.toString(), outcome.name, layer?.name);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (panel.isOpen && editor !== undefined && isVgnet(editor.document))
        panel.turnTo(editor.document.uri.toString());
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (!panel.isOpen || !isVgnet(textEditor.document)) return;
      clearTimeout(timer);
      timer = setTimeout(() => light(textEditor), pause);
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
