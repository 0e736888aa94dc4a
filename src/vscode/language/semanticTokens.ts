import * as vscode from 'vscode';
import { semanticTokens, tokenTypes } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

const definition = 'declaration';

export const semanticLegend = new vscode.SemanticTokensLegend([...tokenTypes], [definition]);

/** Colours by meaning. */
export class SemanticTokenProvider implements vscode.DocumentSemanticTokensProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDocumentSemanticTokens(document: vscode.TextDocument): vscode.SemanticTokens {
    const builder = new vscode.SemanticTokensBuilder(semanticLegend);
    for (const token of semanticTokens(this.documents.check(document))) {
      const range = rangeOf(document, token);
      if (range.isSingleLine) builder.push(range, token.type, token.definition ? [definition] : []);
    }
    return builder.build();
  }
}
