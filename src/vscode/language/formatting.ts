import * as vscode from 'vscode';
import type { TextEdit } from '../../language/diagnostic.ts';
import type { Span } from '../../language/syntax.ts';
import { format, formatRange, selectionRanges } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** A closed block puts itself in order. */
export const formatTrigger = '}';

/** Formats whole files, selections, and blocks as they are closed; only spaces and line ends change. */
export class FormattingProvider
  implements
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.OnTypeFormattingEditProvider
{
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDocumentFormattingEdits(
    document: vscode.TextDocument,
    options: vscode.FormattingOptions,
  ): vscode.TextEdit[] {
    return editsOf(document, format(document.getText(), optionsOf(options)));
  }

  provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    options: vscode.FormattingOptions,
  ): vscode.TextEdit[] {
    const span = { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
    return editsOf(document, formatRange(document.getText(), span, optionsOf(options)));
  }

  provideOnTypeFormattingEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    _typed: string,
    options: vscode.FormattingOptions,
  ): vscode.TextEdit[] {
    const block = this.blockClosedAt(document, position);
    if (block === undefined) return [];
    // What stands behind the bracket is not part of the block, and the cursor would be pushed away by it.
    const edits = formatRange(document.getText(), block, optionsOf(options)).filter(
      ({ to }) => to <= block.to,
    );
    return editsOf(document, edits);
  }

  /** The block that ends at the position, from the beginning of the line on which its bracket was opened. */
  private blockClosedAt(document: vscode.TextDocument, position: vscode.Position): Span | undefined {
    const text = document.getText();
    const offset = document.offsetAt(position);
    const ranges = selectionRanges(this.documents.check(document), offset - 1);
    const block = ranges.find(({ from, to }) => to === offset && text[from] === '{');
    if (block === undefined) return undefined;
    const { range } = document.lineAt(document.positionAt(block.from));
    return { from: document.offsetAt(range.start), to: offset };
  }
}

function optionsOf({ insertSpaces, tabSize }: vscode.FormattingOptions): { indentation: string } {
  return { indentation: insertSpaces ? ' '.repeat(tabSize) : '\t' };
}

function editsOf(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map((edit) => vscode.TextEdit.replace(rangeOf(document, edit), edit.replacement));
}
