import * as vscode from 'vscode';
import { folds, selectionRanges, type Fold } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** What folds, and what a growing selection takes. */
export class RangeProvider implements vscode.FoldingRangeProvider, vscode.SelectionRangeProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return folds(this.documents.check(document)).map((fold) => {
      const { start, end } = rangeOf(document, fold);
      // The closing bracket's line stays visible.
      const last = fold.kind === 'block' ? Math.max(start.line, end.line - 1) : end.line;
      const kind = kindOf(fold.kind);
      return kind === undefined
        ? new vscode.FoldingRange(start.line, last)
        : new vscode.FoldingRange(start.line, last, kind);
    });
  }

  provideSelectionRanges(
    document: vscode.TextDocument,
    positions: readonly vscode.Position[],
  ): vscode.SelectionRange[] {
    const file = this.documents.check(document);
    return positions.map((position) => {
      const spans = selectionRanges(file, document.offsetAt(position));
      const nested = spans
        .toReversed()
        .reduce<vscode.SelectionRange | undefined>(
          (parent, span) => new vscode.SelectionRange(rangeOf(document, span), parent),
          undefined,
        );
      return nested ?? new vscode.SelectionRange(new vscode.Range(position, position));
    });
  }
}

function kindOf(kind: Fold['kind']): vscode.FoldingRangeKind | undefined {
  switch (kind) {
    case 'block':
      return undefined;
    case 'comment':
      return vscode.FoldingRangeKind.Comment;
    case 'region':
      return vscode.FoldingRangeKind.Region;
    default:
      throw new Error(`Unknown kind of fold: ${JSON.stringify(kind satisfies never)}`);
  }
}
