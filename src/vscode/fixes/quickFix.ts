import * as vscode from 'vscode';
import { findingPages } from '../../analysis/explain.ts';
import { runsOfNetwork } from '../../runs/latest.ts';
import type { RunStore } from '../../runs/runStore.ts';
import { alarmOf } from '../../runs/tryouts.ts';
import type { LensTarget } from '../codeLens.ts';
import type { Documents } from '../documents.ts';

export const tryFixesKinds: vscode.CodeActionProviderMetadata = {
  providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
};

/** "Try fixes" as the quick fix of what a run has found. */
export class TryFixesProvider implements vscode.CodeActionProvider {
  private readonly documents: Documents;
  private readonly store: RunStore;

  constructor(documents: Documents, store: RunStore) {
    this.documents = documents;
    this.store = store;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const found = context.diagnostics.filter(isFinding);
    const network = found.length === 0 ? undefined : this.networkWithAlarm(document, range);
    if (network === undefined) return [];
    const title = vscode.l10n.t('Try fixes for {0}…', network);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const target: LensTarget = { file: document.uri.toString(), network };
    action.command = { title, command: 'vgnet.tryFixes', arguments: [target] };
    action.diagnostics = found;
    return [action];
  }

  /** The network there, if its newest run alarms and training is allowed. */
  private networkWithAlarm(document: vscode.TextDocument, range: vscode.Range): string | undefined {
    if (!vscode.workspace.isTrusted) return undefined;
    const at = document.offsetAt(range.start);
    const { networks } = this.documents.check(document);
    const outcome = networks.find(({ span }) => at >= span.from && at <= span.to);
    if (outcome?.trainable !== true) return undefined;
    const lineAt = (offset: number): number => document.positionAt(offset).line;
    const sessions = this.store.of(document.uri.toString());
    const { judged } = runsOfNetwork(sessions, lineAt(outcome.header.from), lineAt);
    return judged && alarmOf(judged) ? outcome.name : undefined;
  }
}

/** What a run has found, as against what the text says. */
function isFinding({ source, code }: vscode.Diagnostic): boolean {
  const id = typeof code === 'object' ? code.value : code;
  return source === 'vgnet' && typeof id === 'string' && Object.hasOwn(findingPages, id);
}
