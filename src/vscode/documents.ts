import * as vscode from 'vscode';
import { check, type CheckedFile } from '../language/check.ts';
import type { TextEdit } from '../language/diagnostic.ts';
import type { CheckedNetwork, Layer, NetworkOutcome } from '../language/network.ts';
import type { DataFactsSource } from '../language/dataFacts.ts';

/** The document selector of every provider: any scheme, so that untitled and remote files count. */
export const vgnetSelector: vscode.DocumentSelector = { language: 'vgnet' };

export function isVgnet(document: vscode.TextDocument): boolean {
  return document.languageId === 'vgnet';
}

/** What is known of the data files that a document names, by the path as written. */
type FactsOf = (document: vscode.Uri) => DataFactsSource;

interface Checked {
  readonly version: number;
  readonly file: CheckedFile;
}

/** Checks each version of a document once, on the text as it stands in the editor, saved or not. */
export class Documents {
  private readonly cache = new WeakMap<vscode.TextDocument, Checked>();
  private readonly facts: FactsOf;
  private readonly lastGood = new WeakMap<vscode.TextDocument, Map<string, NetworkOutcome>>();

  constructor(facts: FactsOf) {
    this.facts = facts;
  }

  check(document: vscode.TextDocument): CheckedFile {
    const cached = this.cache.get(document);
    if (cached?.version === document.version) return cached.file;
    const file = check(document.getText(), this.facts(document.uri), cached?.file);
    this.cache.set(document, { version: document.version, file });
    const good = this.lastGood.get(document) ?? new Map<string, NetworkOutcome>();
    // The networks themselves are not asked for: those that an edit has only moved are moved when somebody needs them.
    for (const outcome of file.networks) if (outcome.trainable) good.set(outcome.name, outcome);
    this.lastGood.set(document, good);
    return file;
  }

  /** The layer that a line (0-based) made, in the text as it is or as it was when its network could last be checked. */
  layerAt(
    document: vscode.TextDocument,
    line: number,
  ): { network: CheckedNetwork; layer: Layer } | undefined {
    for (const { name, span } of this.check(document).networks) {
      const isHere = line >= document.positionAt(span.from).line && line <= document.positionAt(span.to).line;
      const known = isHere ? this.lastGood.get(document)?.get(name)?.network : undefined;
      const layer = known?.layers.find((candidate) => candidate.line === line + 1);
      if (known !== undefined && layer !== undefined) return { network: known, layer };
    }
    return undefined;
  }

  /** The document in the active editor, otherwise one that is visible beside it. */
  active(): vscode.TextDocument | undefined {
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    return editors.find((editor) => editor !== undefined && isVgnet(editor.document))?.document;
  }

  /** Checks anew next time: a file that the document names has changed. */
  forget(document: vscode.TextDocument): void {
    this.cache.delete(document);
  }
}

/** The range of a span of the text. */
export function rangeOf(
  document: vscode.TextDocument,
  span: { readonly from: number; readonly to: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(span.from), document.positionAt(span.to));
}

/** Edits of one document as one step that can be undone. */
export function editOf(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const edit of edits) workspaceEdit.replace(document.uri, rangeOf(document, edit), edit.replacement);
  return workspaceEdit;
}
