import * as vscode from 'vscode';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { Diagnostic } from '../language/diagnostic.ts';
import type { Layer, NetworkOutcome } from '../language/network.ts';
import { rangeOf, type Documents } from './documents.ts';
import { runsOfNetwork } from '../runs/latest.ts';
import { LensPace } from '../runs/lensPace.ts';
import type { RunEvent, RunStore } from '../runs/runStore.ts';
import type { Place, Session } from '../runs/session.ts';
import type { DocumentPredictions } from './predictions.ts';
import { codeLensChoice, userThresholds } from './settings.ts';
import { layerLensTitle, layersByLine } from '../runs/words/layerWords.ts';
import { predictedLayerTitle } from '../runs/words/predictedLayer.ts';
import type { Tryouts } from '../runs/tryouts.ts';
import { networkLens, type LensWords } from '../runs/words/networkLens.ts';

/** What a lens tells the command that it runs. */
export interface LensTarget {
  readonly file: string;
  readonly network: string;
  readonly layer?: string;
  readonly run?: string;
}

/** What the lenses are made from. */
export interface LensSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly predictions: DocumentPredictions;
  readonly tryouts: Tryouts;
}

export class LensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly sources: LensSources;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly layerLenses = new LayerLensMemory();
  private readonly pace = new LensPace({ tell: () => this.changed.fire(), versionOf });

  constructor(sources: LensSources) {
    this.sources = sources;
    sources.store.onDidChange((event) => this.follow(event));
    sources.predictions.onDidPredict(({ file, isLast }) => this.pace.predicted(file, isLast));
    sources.tryouts.onDidChange(() => this.refresh());
  }

  refresh(): void {
    this.pace.now();
  }

  dispose(): void {
    this.pace.dispose();
    this.changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    this.pace.give(document.uri.toString(), document.version);
    const choice = codeLensChoice(document.uri);
    if (choice === 'off') return [];
    const { networks, diagnostics } = this.sources.documents.check(document);
    const sessions = this.sources.store.of(document.uri.toString());
    return networks.flatMap((outcome, index) => {
      const header = rangeOf(document, outcome.header);
      const runs = runsOfNetwork(sessions, header.start.line, (at) => document.positionAt(at).line);
      const words = networkLens({
        session: runs.newest,
        tryout: this.sources.tryouts.of(runs.newest),
        errors: !outcome.trainable ? countErrors(outcome, networks, diagnostics) : 0,
        trusted: vscode.workspace.isTrusted,
        offersComparison: index === 0 && networks.length > 1,
        prediction: this.sources.predictions.words(document, outcome),
      });
      const target = { file: document.uri.toString(), network: outcome.name };
      return [
        ...words.map((lens) => new vscode.CodeLens(header, commandOf(lens, target, runs.newest))),
        ...(runs.judged !== undefined
          ? this.layers(document, runs.judged, choice)
          : runs.newest === undefined
            ? this.predictedLayers(document, outcome)
            : []),
      ];
    });
  }

  private layers(
    document: vscode.TextDocument,
    session: Session,
    choice: 'warnings' | 'all',
  ): vscode.CodeLens[] {
    return this.layerLenses.of(session, choice).flatMap(({ place, title, layer }) => {
      const span = session.anchors.get(place);
      if (span === undefined) return [];
      const target = {
        file: document.uri.toString(),
        network: session.network.name,
        layer,
        run: session.id,
      };
      const range = lineRange(document, document.positionAt(span.from).line);
      const tooltip = vscode.l10n.t('Show {0} in the gradient view', layer);
      return new vscode.CodeLens(range, { title, tooltip, command: 'vgnet.openPanel', arguments: [target] });
    });
  }

  /** Before any run: where something is predicted to go wrong. */
  private predictedLayers(document: vscode.TextDocument, outcome: NetworkOutcome): vscode.CodeLens[] {
    const predicted = this.sources.predictions.layers(document, outcome);
    if (predicted === undefined || outcome.network === undefined) return [];
    const thresholds = mergeThresholds(outcome.network.analyze, userThresholds(document.uri));
    const byPlace = new Map<number, Layer[]>();
    for (const layer of outcome.network.layers) {
      const here = byPlace.get(layer.span.from);
      if (here === undefined) byPlace.set(layer.span.from, [layer]);
      else here.push(layer);
    }
    const byName = new Map(predicted.map((layer) => [layer.name, layer]));
    return [...byPlace.values()].flatMap((layers) => {
      const title = predictedLayerTitle(layers, byName, thresholds);
      const [first] = layers;
      if (title === undefined || first === undefined) return [];
      const range = lineRange(document, document.positionAt(first.span.from).line);
      const target = { file: document.uri.toString(), network: outcome.name };
      const tooltip = vscode.l10n.t(
        'Computed for the initialisation, not measured: analyze the gradients to measure them',
      );
      return [new vscode.CodeLens(range, { title, tooltip, command: 'vgnet.analyze', arguments: [target] })];
    });
  }

  /** At once for what a person waits for, now and then for mere progress. */
  private follow(event: RunEvent): void {
    if (event.type === 'rows' || event.type === 'progress') this.pace.soon();
    else this.refresh();
  }
}

function versionOf(file: string): number | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file)?.version;
}

/** A line without its indentation. */
function lineRange(document: vscode.TextDocument, number: number): vscode.Range {
  const { text, firstNonWhitespaceCharacterIndex } = document.lineAt(number);
  return new vscode.Range(number, firstNonWhitespaceCharacterIndex, number, text.length);
}

interface LayerLens {
  readonly place: Place;
  readonly title: string;
  /** The layer that a click shows. */
  readonly layer: string;
}

/** Lens words of a judged run, made once for each judgement rather than at every key. */
class LayerLensMemory {
  private readonly memory = new WeakMap<Session, { readonly key: unknown[]; readonly lenses: LayerLens[] }>();

  of(session: Session, choice: 'warnings' | 'all'): LayerLens[] {
    const key = [session.findings, session.verdict, session.stale, choice];
    const known = this.memory.get(session);
    if (known !== undefined && key.every((part, index) => part === known.key[index])) return known.lenses;
    const lenses = describe(session, choice);
    this.memory.set(session, { key, lenses });
    return lenses;
  }
}

function describe(session: Session, choice: 'warnings' | 'all'): LayerLens[] {
  return [...layersByLine(session)].flatMap(([line, layers]) => {
    const title = layerLensTitle(session, layers, choice);
    const shown = layers.find(({ wrong }) => wrong) ?? layers[0];
    if (title === undefined || shown === undefined) return [];
    return [{ place: `layer ${line}` as const, title, layer: shown.layer.name }];
  });
}

/** Errors within the network, or outside of every network; at least one, since something keeps it from being trained. */
function countErrors(
  outcome: NetworkOutcome,
  networks: readonly NetworkOutcome[],
  diagnostics: readonly Diagnostic[],
): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const concerns = ({ from }: Diagnostic): boolean => {
    const home = networks.find(({ span }) => from >= span.from && from <= span.to);
    return home === undefined || home === outcome;
  };
  return Math.max(1, errors.filter(concerns).length);
}

function commandOf(
  { title, tooltip, action }: LensWords,
  target: LensTarget,
  session: Session | undefined,
): vscode.Command {
  const words = tooltip === undefined ? { title } : { title, tooltip };
  const run = session === undefined ? {} : { run: session.id };
  switch (action) {
    case 'analyze':
      return { ...words, command: 'vgnet.analyze', arguments: [target] };
    case 'compare':
      return { ...words, command: 'vgnet.compare', arguments: [target] };
    case 'stop':
      return { ...words, command: 'vgnet.stop', arguments: [{ ...target, ...run }] };
    case 'open-view':
      return { ...words, command: 'vgnet.openPanel', arguments: [{ ...target, ...run }] };
    case 'try-fixes':
      return { ...words, command: 'vgnet.tryFixes', arguments: [{ ...target, ...run }] };
    case 'cancel-fixes':
      return { ...words, command: 'vgnet.cancelFixes', arguments: [target] };
    case 'show-error':
      return { ...words, command: 'vgnet.showError', arguments: [target] };
    case 'show-failure':
      return { ...words, command: 'vgnet.showFailure', arguments: [{ ...target, ...run }] };
    case 'trust':
      return { ...words, command: 'workbench.trust.manage' };
    default:
      throw new Error(`Unknown action of a lens: ${JSON.stringify(action satisfies never)}`);
  }
}
