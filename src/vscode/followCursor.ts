import * as vscode from 'vscode';
import { isVgnet, type Documents } from './documents.ts';
import type { GradientPanel } from './panel/panel.ts';

const pause = 80;

/** Where the file that was active last is kept over a reload of the window. */
const activeFileKey = 'activeFile';

/**
 * Turns an open view to another file when that becomes active, and lights up the layer that the cursor stands on. A reload
 * makes the same file active again, at any time after the view is back: that is no turn to another one.
 */
export function followCursor(
  panel: GradientPanel,
  documents: Documents,
  memory: vscode.Memento,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  /** Keeps which editor's file is active; false where it was so before. */
  const becomesActive = ({ document }: vscode.TextEditor): boolean => {
    const file = document.uri.toString();
    if (file === memory.get(activeFileKey)) return false;
    void memory.update(activeFileKey, file);
    return true;
  };
  if (vscode.window.activeTextEditor !== undefined) becomesActive(vscode.window.activeTextEditor);
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
      if (editor !== undefined && becomesActive(editor) && panel.isOpen && isVgnet(editor.document))
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
