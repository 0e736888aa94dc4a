import * as vscode from 'vscode';
import { awaitsPath, complete, type Completion } from '../../language/service.ts';
import type { CsvFacts } from '../csvFacts.ts';
import { rangeOf, type Documents } from '../documents.ts';
import type { DocumentPredictions } from '../predictions.ts';

/** Characters behind which something can be proposed without a letter. */
export const completionTriggers = ['=', '(', '"', '/', '.', ' '];

/** What a line cannot do without where it is proposed: a value, a name, a layer behind its label. */
const necessary: ReadonlySet<Completion['kind']> = new Set([
  'layer',
  'function',
  'constant',
  'variable',
  'label',
  'path',
  'column',
  'data',
]);

const mostPaths = 200;
/** Milliseconds that a list may wait for predictions. */
const whatIfPatience = 150;

/** Proposes what can be written at the cursor. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  private readonly documents: Documents;
  private readonly csvFacts: CsvFacts;
  private readonly predictions: DocumentPredictions;

  constructor(documents: Documents, csvFacts: CsvFacts, predictions: DocumentPredictions) {
    this.documents = documents;
    this.csvFacts = csvFacts;
    this.predictions = predictions;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[]> {
    const file = this.documents.check(document);
    const offset = document.offsetAt(position);
    const paths = awaitsPath(file, offset) ? await dataPaths(document, cancellation) : [];
    if (cancellation.isCancellationRequested) return [];
    const columns = this.csvFacts.columns(document.uri);
    const proposals = complete(file, offset, { paths, columns });
    const isIndented = document.lineAt(position).firstNonWhitespaceCharacterIndex >= position.character;
    if (triggerCharacter === ' ' && (isIndented || !areAwaited(proposals))) return [];
    const effects = await this.effects(document, position, proposals);
    return proposals.map((completion) => itemOf(document, completion, effects.get(completion.label)));
  }

  /** What each activation or initialiser would do to the first layer's gradient here, by its name. */
  private async effects(
    document: vscode.TextDocument,
    position: vscode.Position,
    proposals: readonly Completion[],
  ): Promise<ReadonlyMap<string, string>> {
    if (!proposals.some(({ kind }) => kind === 'function')) return new Map();
    const before = document.lineAt(position.line).text.slice(0, position.character);
    const changes = /\binit\s*=\s*\w*$/.test(before) ? 'initialisers' : 'activations';
    const answers = await this.predictions.whatIf(document, position.line, changes, whatIfPatience);
    return new Map(answers.map(({ words, text }) => [words, text.slice(words.length + 2)]));
  }
}

/**
 * Whether a space behind a word calls for proposals: not where a line may end, since Enter would take the first of them,
 * and not for names alone, where most write a number.
 */
function areAwaited(proposals: readonly Completion[]): boolean {
  return (
    proposals.every(({ kind }) => necessary.has(kind)) && proposals.some(({ kind }) => kind !== 'variable')
  );
}

function itemOf(
  document: vscode.TextDocument,
  completion: Completion,
  effect: string | undefined,
): vscode.CompletionItem {
  const { label, kind, insert, snippet, replace, detail, markdown, order, goOn } = completion;
  const item = new vscode.CompletionItem({ label, description: effect ?? detail }, kindOf(kind));
  item.insertText = snippet ? new vscode.SnippetString(insert) : insert;
  item.range = rangeOf(document, replace);
  item.sortText = String(order).padStart(4, '0');
  const prediction =
    effect === undefined ? '' : `Predicted gradient norm of the first layer with it: ${effect}\n\n`;
  if (prediction + markdown !== '') item.documentation = new vscode.MarkdownString(prediction + markdown);
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
    case 'snippet':
      return vscode.CompletionItemKind.Snippet;
    case 'data':
      return vscode.CompletionItemKind.Module;
    default:
      throw new Error(`Unknown kind of completion: ${JSON.stringify(kind satisfies never)}`);
  }
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
