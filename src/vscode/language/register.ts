import * as vscode from 'vscode';
import type { CsvFacts } from '../csvFacts.ts';
import { vgnetSelector, type Documents } from '../documents.ts';
import type { DocumentPredictions } from '../predictions.ts';
import { codeActionKinds, FixProvider } from './codeActions.ts';
import { CompletionProvider, completionTriggers } from './completion.ts';
import { FormattingProvider, formatTrigger } from './formatting.ts';
import { InlayHintProvider } from './inlayHints.ts';
import { LinkProvider } from './links.ts';
import { NameProvider } from './names.ts';
import { OutlineProvider } from './outline.ts';
import { RangeProvider } from './ranges.ts';
import { SemanticTokenProvider, semanticLegend } from './semanticTokens.ts';
import { SignatureProvider, signatureTriggers } from './signatureHelp.ts';

/** Everything that helps while one writes: the language as a library, one provider for each of its functions. */
export function registerLanguage(
  documents: Documents,
  csvFacts: CsvFacts,
  predictions: DocumentPredictions,
): vscode.Disposable[] {
  const { languages } = vscode;
  const names = new NameProvider(documents);
  const ranges = new RangeProvider(documents);
  const formatting = new FormattingProvider(documents);
  return [
    languages.registerCompletionItemProvider(
      vgnetSelector,
      new CompletionProvider(documents, csvFacts, predictions),
      ...completionTriggers,
    ),
    languages.registerSignatureHelpProvider(
      vgnetSelector,
      new SignatureProvider(documents),
      ...signatureTriggers,
    ),
    languages.registerDefinitionProvider(vgnetSelector, names),
    languages.registerReferenceProvider(vgnetSelector, names),
    languages.registerDocumentHighlightProvider(vgnetSelector, names),
    languages.registerRenameProvider(vgnetSelector, names),
    languages.registerDocumentSymbolProvider(vgnetSelector, new OutlineProvider(documents)),
    languages.registerFoldingRangeProvider(vgnetSelector, ranges),
    languages.registerSelectionRangeProvider(vgnetSelector, ranges),
    languages.registerDocumentRangeSemanticTokensProvider(
      vgnetSelector,
      new SemanticTokenProvider(documents),
      semanticLegend,
    ),
    languages.registerInlayHintsProvider(vgnetSelector, new InlayHintProvider(documents)),
    languages.registerDocumentLinkProvider(vgnetSelector, new LinkProvider(documents)),
    languages.registerDocumentFormattingEditProvider(vgnetSelector, formatting),
    languages.registerDocumentRangeFormattingEditProvider(vgnetSelector, formatting),
    languages.registerOnTypeFormattingEditProvider(vgnetSelector, formatting, formatTrigger),
    languages.registerCodeActionsProvider(vgnetSelector, new FixProvider(documents), codeActionKinds),
  ];
}
