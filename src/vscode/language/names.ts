import * as vscode from 'vscode';
import { definitionAt, referencesAt, rename, renameRange } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** Labels, `let` names and networks: where they are defined and used, and renaming them. */
export class NameProvider
  implements
    vscode.DefinitionProvider,
    vscode.ReferenceProvider,
    vscode.DocumentHighlightProvider,
    vscode.RenameProvider
{
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.Location | undefined {
    const thing = definitionAt(this.documents.check(document), document.offsetAt(position));
    return thing && new vscode.Location(document.uri, rangeOf(document, thing.definition));
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] {
    const spans = referencesAt(this.documents.check(document), document.offsetAt(position));
    return spans
      .slice(includeDeclaration ? 0 : 1)
      .map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
  }

  provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.DocumentHighlight[] {
    const spans = referencesAt(this.documents.check(document), document.offsetAt(position));
    return spans.map((span, index) => {
      const kind = index === 0 ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
      return new vscode.DocumentHighlight(rangeOf(document, span), kind);
    });
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const found = renameRange(this.documents.check(document), document.offsetAt(position));
    if (found === undefined)
      throw new Error(vscode.l10n.t('Only names of let, of labels and of networks can be changed.'));
    return { range: rangeOf(document, found), placeholder: found.name };
  }

  provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): vscode.WorkspaceEdit {
    const edits = rename(this.documents.check(document), document.offsetAt(position), newName);
    if ('problem' in edits) throw new Error(edits.problem);
    const workspaceEdit = new vscode.WorkspaceEdit();
    for (const edit of edits) workspaceEdit.replace(document.uri, rangeOf(document, edit), edit.replacement);
    return workspaceEdit;
  }
}
