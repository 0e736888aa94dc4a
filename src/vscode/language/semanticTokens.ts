import * as vscode from 'vscode';
import { semanticTokens, tokenTypes } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

const definition = 'declaration';

export const semanticLegend = new vscode.SemanticTokensLegend([...tokenTypes], [definition]);

/** Colours by meaning, of the lines in sight: those of a whole file would be worked out and sent at every key. */
export class SemanticTokenProvider implements vscode.DocumentRangeSemanticTokensProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDocumentRangeSemanticTokens(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): vscode.SemanticTokens {
    const builder = new vscode.SemanticTokensBuilder(semanticLegend);
    const span = { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
    for (const token of semanticTokens(this.documents.check(document), span)) {
      const place = rangeOf(document, token);
      if (place.isSingleLine) builder.push(place, token.type, token.definition ? [definition] : []);
    }
    return builder.build();
  }
}
