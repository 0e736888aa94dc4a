import * as vscode from 'vscode';
import type { TextEdit } from '../../language/diagnostic.ts';
import { format, formatRange } from '../../language/service.ts';
import { rangeOf } from '../documents.ts';

/** A closed block puts itself in order. */
export const formatTrigger = '}';

/** Formats whole files, selections, and blocks as they are closed; only spaces and line ends change. */
export class FormattingProvider
  implements
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.OnTypeFormattingEditProvider
{
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
    return this.provideDocumentRangeFormattingEdits(document, document.lineAt(position).range, options);
  }
}

function optionsOf({ insertSpaces, tabSize }: vscode.FormattingOptions): { indentation: string } {
  return { indentation: insertSpaces ? ' '.repeat(tabSize) : '\t' };
}

function editsOf(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map((edit) => vscode.TextEdit.replace(rangeOf(document, edit), edit.replacement));
}
