import * as vscode from 'vscode';
import { complete, type Completion } from '../../language/service.ts';
import type { CsvFacts } from '../csvFacts.ts';
import { rangeOf, type Documents } from '../documents.ts';

/** Characters behind which something can be proposed without a letter. */
export const completionTriggers = ['=', '(', '"', '/', '.'];

const mostPaths = 200;

/** Proposes what can be written at the cursor. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  private readonly documents: Documents;
  private readonly csvFacts: CsvFacts;

  constructor(documents: Documents, csvFacts: CsvFacts) {
    this.documents = documents;
    this.csvFacts = csvFacts;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const paths = isInString(document, position) ? await dataPaths(document, cancellation) : [];
    if (cancellation.isCancellationRequested) return [];
    const file = this.documents.check(document);
    const columns = this.csvFacts.columns(document.uri);
    return complete(file, document.offsetAt(position), { paths, columns }).map((completion) =>
      itemOf(document, completion),
    );
  }
}

function itemOf(document: vscode.TextDocument, completion: Completion): vscode.CompletionItem {
  const { label, kind, insert, snippet, replace, detail, markdown, order, goOn } = completion;
  const item = new vscode.CompletionItem({ label, description: detail }, kindOf(kind));
  item.insertText = snippet ? new vscode.SnippetString(insert) : insert;
  item.range = rangeOf(document, replace);
  item.sortText = String(order).padStart(4, '0');
  if (markdown !== '') item.documentation = new vscode.MarkdownString(markdown);
  if (goOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

function kindOf(kind: Completion['kind']): vscode.CompletionItemKind {
  switch (kind) {
    case 'keyword':
      return vscode.CompletionItemKind.Keyword;
    case 'layer':
      return vscode.CompletionItemKind.Class;
    case 'function':
      return vscode.CompletionItemKind.Function;
    case 'argument':
      return vscode.CompletionItemKind.Property;
    case 'constant':
      return vscode.CompletionItemKind.EnumMember;
    case 'variable':
      return vscode.CompletionItemKind.Variable;
    case 'label':
      return vscode.CompletionItemKind.Reference;
    case 'path':
      return vscode.CompletionItemKind.File;
    case 'column':
      return vscode.CompletionItemKind.Field;
    case 'data':
      return vscode.CompletionItemKind.Module;
    default:
      throw new Error(`Unknown kind of completion: ${JSON.stringify(kind satisfies never)}`);
  }
}

/** Whether an odd number of quotes stands before the position on its line: a comment may be wrong, which costs a look-up. */
function isInString(document: vscode.TextDocument, position: vscode.Position): boolean {
  const before = document.lineAt(position.line).text.slice(0, position.character);
  return before.split('"').length % 2 === 0;
}

/** Data files beside the document and below, relative to it. */
async function dataPaths(
  document: vscode.TextDocument,
  cancellation: vscode.CancellationToken,
): Promise<string[]> {
  if (document.isUntitled) return [];
  const folder = vscode.Uri.joinPath(document.uri, '..');
  const pattern = new vscode.RelativePattern(folder, '**/*.{csv,safetensors,gz}');
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', mostPaths, cancellation);
  return found.map(({ path }) => path.slice(folder.path.length + 1)).toSorted();
}
