import * as vscode from 'vscode';
import { outline, type OutlineItem } from '../../language/service.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** Outline and breadcrumbs. */
export class OutlineProvider implements vscode.DocumentSymbolProvider {
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return outline(this.documents.check(document)).map((item) => symbolOf(document, item));
  }
}

function symbolOf(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const { name, detail, kind, span, selection, children } = item;
  const [range, selected] = [rangeOf(document, span), rangeOf(document, selection)];
  const symbol = new vscode.DocumentSymbol(name, detail, kindOf(kind), range, selected);
  symbol.children = children.map((child) => symbolOf(document, child));
  return symbol;
}

function kindOf(kind: OutlineItem['kind']): vscode.SymbolKind {
  switch (kind) {
    case 'network':
      return vscode.SymbolKind.Class;
    case 'layer':
      return vscode.SymbolKind.Field;
    case 'repeat':
      return vscode.SymbolKind.Array;
    case 'settings':
      return vscode.SymbolKind.Namespace;
    case 'setting':
      return vscode.SymbolKind.Property;
    case 'let':
      return vscode.SymbolKind.Variable;
    default:
      throw new Error(`Unknown kind of symbol: ${JSON.stringify(kind satisfies never)}`);
  }
}
