import * as vscode from 'vscode';
import { inlayHints } from '../../language/service.ts';
import type { Documents } from '../documents.ts';

/** The editor's own padding is a third of a character: too little between a number of the text and the arrow. */
const noBreakSpace = '\u00a0';

/** Shapes and parameter counts behind the lines of layers. */
export class InlayHintProvider implements vscode.InlayHintsProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const span = { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
    return inlayHints(this.documents.check(document), span).map(({ at, label, tooltip }) => {
      const hint = new vscode.InlayHint(document.positionAt(at), noBreakSpace + label);
      hint.paddingLeft = true;
      hint.tooltip = tooltip;
      return hint;
    });
  }
}
