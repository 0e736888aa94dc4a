import * as vscode from 'vscode';
import { hover } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** What a word of the language means, and what it does to gradients. */
export class WordHoverProvider implements vscode.HoverProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const found = hover(this.documents.check(document), document.offsetAt(position));
    if (found === undefined) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found.span));
  }
}
