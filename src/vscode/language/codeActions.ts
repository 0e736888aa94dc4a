import * as vscode from 'vscode';
import type { Diagnostic, Fix } from '../../language/diagnostic.ts';
import { diagnosticsAt, fixAll } from '../../language/service.ts';
import { editOf, rangeOf, type Documents } from '../documents.ts';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('vgnet');

export const codeActionKinds: vscode.CodeActionProviderMetadata = {
  providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
};

/** Quick fixes of findings in the text, and all of them at once. */
export class FixProvider implements vscode.CodeActionProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const file = this.documents.check(document);
    const span = { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
    const fixes = diagnosticsAt(file, span).flatMap((diagnostic) =>
      (diagnostic.fixes ?? []).map((fix, index) => quickFix(document, diagnostic, fix, index === 0, context)),
    );
    const all = fixAll(file);
    if (all.length === 0) return fixes;
    const action = new vscode.CodeAction(vscode.l10n.t('Fix all in this file'), fixAllKind);
    action.edit = editOf(document, all);
    return [...fixes, action];
  }
}

function quickFix(
  document: vscode.TextDocument,
  diagnostic: Diagnostic,
  fix: Fix,
  isFirst: boolean,
  context: vscode.CodeActionContext,
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  const range = rangeOf(document, diagnostic);
  action.diagnostics = context.diagnostics.filter(
    (shown) => shown.range.isEqual(range) && shown.message === diagnostic.message,
  );
  action.isPreferred = isFirst;
  action.edit = editOf(document, fix.edits);
  return action;
}
