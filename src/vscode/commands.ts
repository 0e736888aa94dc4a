import * as vscode from 'vscode';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { CheckedNetwork, NetworkOutcome } from '../language/network.ts';
import type { LensTarget } from './codeLens.ts';
import { failureRange } from './diagnostics.ts';
import { rangeOf, type Documents } from './documents.ts';
import { isLog, type Logs } from './logs.ts';
import type { GradientPanel } from './panel/panel.ts';
import type { Analyses } from '../runs/analyses.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { Session } from '../runs/session.ts';
import type { DocumentPredictions } from './predictions.ts';
import { seedCount, userThresholds } from './settings.ts';
import { starterNetwork } from '../runs/words/starterNetwork.ts';

export interface CommandSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly analyses: Analyses;
  readonly panel: GradientPanel;
  readonly logs: Logs;
  readonly predictions: DocumentPredictions;
}

/** What a command may be given: a lens's target, or the resource of a menu. */
export type CommandArgument = Partial<LensTarget> | vscode.Uri | undefined;

/** The commands of the palette, the lenses, the hovers and the view. */
export class Commands {
  private readonly sources: CommandSources;

  constructor(sources: CommandSources) {
    this.sources = sources;
  }

  register(): vscode.Disposable[] {
    const register = (id: string, run: (argument: CommandArgument) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(`vgnet.${id}`, run);
    return [
      register('analyze', (argument) => this.analyze(argument)),
      register('compare', (argument) => this.compare(argument)),
      register('stop', (argument) => this.stop(argument)),
      register('openPanel', (argument) => this.openPanel(argument)),
      register('openLog', (argument) => this.openLog(argument)),
      register('newNetwork', () => newNetwork()),
      register('showError', (argument) => this.showError(argument)),
      register('showFailure', (argument) => this.showFailure(argument)),
    ];
  }

  /** Trains the named network, the one at the cursor, or the only one, and opens the view. */
  async analyze(argument: CommandArgument): Promise<void> {
    const chosen = await this.choose(argument);
    if (chosen === undefined) return;
    const session = await this.start(chosen.document, chosen.outcome);
    if (session !== undefined) this.sources.panel.show(session.request.file, session.id);
  }

  /** Trains every network of the file and lays the runs over each other. */
  async compare(argument: CommandArgument): Promise<void> {
    const document = await this.documentOf(argument);
    if (document === undefined) return;
    const sessions = await this.startAll(document);
    const [first, ...others] = sessions;
    if (first === undefined) return;
    this.sources.panel.show(first.request.file, first.id);
    this.sources.panel.compare(
      first.id,
      others.map(({ id }) => id),
    );
  }

  /** Starts every network of a document that can be trained. */
  async startAll(document: vscode.TextDocument): Promise<Session[]> {
    const sessions = [];
    for (const outcome of this.sources.documents.check(document).networks) {
      const session = await this.start(document, outcome);
      if (session !== undefined) sessions.push(session);
    }
    return sessions;
  }

  /** Starts one network of a document; says why where that cannot be. */
  async start(document: vscode.TextDocument, outcome: NetworkOutcome): Promise<Session | undefined> {
    const network = await this.expectSound(document, outcome);
    if (network === undefined) return undefined;
    const { header } = outcome;
    return this.sources.analyses.start({
      file: document.uri.toString(),
      text: document.getText(),
      network,
      header,
      thresholds: mergeThresholds(network.analyze, userThresholds(document.uri)),
      seeds: network.analyze.seeds ?? seedCount(document.uri),
      prediction: this.sources.predictions.layers(document, outcome),
    });
  }

  /** The network that a command is about, in its document; undefined where there is none or nobody chose. */
  async choose(
    argument: CommandArgument,
  ): Promise<{ document: vscode.TextDocument; outcome: NetworkOutcome } | undefined> {
    const document = await this.documentOf(argument);
    const outcome = document && (await this.chooseNetwork(document, argument));
    return document && outcome && { document, outcome };
  }

  /** The network that a command is about, where it may be trained; otherwise what keeps it from that is shown. */
  async chooseSound(
    argument: CommandArgument,
  ): Promise<{ document: vscode.TextDocument; network: CheckedNetwork } | undefined> {
    const chosen = await this.choose(argument);
    const network = chosen && (await this.expectSound(chosen.document, chosen.outcome));
    return chosen && network && { document: chosen.document, network };
  }

  /** Shows what keeps a network from being trained, if anything does. */
  private async expectSound(
    document: vscode.TextDocument,
    { name, network }: NetworkOutcome,
  ): Promise<CheckedNetwork | undefined> {
    if (!vscode.workspace.isTrusted) {
      await vscode.commands.executeCommand('workbench.trust.manage');
      return undefined;
    }
    if (network === undefined) await this.showError({ file: document.uri.toString(), network: name });
    return network;
  }

  /** Stops the given run, otherwise those of the active file, otherwise all. */
  stop(argument: CommandArgument): void {
    const { store, analyses } = this.sources;
    const target = targetOf(argument);
    const file = vscode.window.activeTextEditor?.document.uri.toString();
    const running = store.running();
    const named = running.filter(({ id }) => id === target?.run);
    // A lens that VS Code has not asked for again names the network's run before this one.
    const successors = running.filter(
      ({ request, network }) => request.file === target?.file && network.name === target.network,
    );
    const here = running.filter(({ request }) => request.file === file);
    const meant = named.length > 0 ? named : successors;
    const chosen = target?.run !== undefined ? meant : here.length > 0 ? here : running;
    for (const session of chosen) analyses.stop(session);
  }

  /** Opens the view, at a layer if one is named. */
  openPanel(argument: CommandArgument): void {
    const target = targetOf(argument);
    const file = target?.file ?? this.sources.documents.active()?.uri.toString();
    this.sources.panel.show(file, target?.run);
    if (file !== undefined && target?.network !== undefined && target.layer !== undefined)
      this.sources.panel.highlight(file, target.network, target.layer);
  }

  /** Shows a log in the view: the given one, the active one, or one that is asked for. */
  private async openLog(argument: CommandArgument): Promise<void> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const given = argument instanceof vscode.Uri ? argument : undefined;
    const uri = given ?? (active !== undefined && isLog(active) ? active : await this.sources.logs.choose());
    const log = uri && (await this.sources.logs.read(uri));
    if (uri !== undefined && log !== undefined) this.sources.panel.show(uri.toString());
  }

  private async showError(argument: CommandArgument): Promise<void> {
    const document = await this.documentOf(argument);
    if (document === undefined) return;
    const { diagnostics, networks } = this.sources.documents.check(document);
    const span = networks.find(({ name }) => name === targetOf(argument)?.network)?.span;
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const inside = errors.find(({ from }) => span !== undefined && from >= span.from && from <= span.to);
    const first = inside ?? errors[0];
    if (first === undefined) return;
    const editor = await vscode.window.showTextDocument(document, columnOf(document));
    const range = rangeOf(document, first);
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand('editor.action.marker.next');
  }

  private async showFailure(argument: CommandArgument): Promise<void> {
    const document = await this.documentOf(argument);
    const session = this.sources.store.find(targetOf(argument)?.run ?? '');
    const range = document && session && failureRange(this.sources.documents, document, session);
    if (document === undefined || range === undefined) return;
    await vscode.window.showTextDocument(document, { ...columnOf(document), selection: range });
  }

  /** The document that a command is about; says what to do where there is none. */
  private async documentOf(argument: CommandArgument): Promise<vscode.TextDocument | undefined> {
    const file = argument instanceof vscode.Uri ? argument : targetOf(argument)?.file;
    if (file !== undefined) {
      return vscode.workspace.openTextDocument(
        typeof file === 'string' ? vscode.Uri.parse(file, true) : file,
      );
    }
    const active = this.sources.documents.active();
    if (active !== undefined) return active;
    const create = vscode.l10n.t('New Network File');
    const message = vscode.l10n.t('Open a .vgnet file first: it holds the network to analyze.');
    if ((await vscode.window.showInformationMessage(message, create)) === create) await newNetwork();
    return undefined;
  }

  private async chooseNetwork(
    document: vscode.TextDocument,
    argument: CommandArgument,
  ): Promise<NetworkOutcome | undefined> {
    const { networks } = this.sources.documents.check(document);
    const named = targetOf(argument)?.network;
    if (named !== undefined) return networks.find(({ name }) => name === named);
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    const cursor = editor && document.offsetAt(editor.selection.active);
    const here = networks.find(
      ({ span }) => cursor !== undefined && cursor >= span.from && cursor <= span.to,
    );
    if (here !== undefined || networks.length === 1) return here ?? networks[0];
    if (networks.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This file has no network yet. It begins with: network NAME {'),
      );
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(
      networks.map(({ name }) => name),
      { placeHolder: vscode.l10n.t('Which network?') },
    );
    return networks.find(({ name }) => name === chosen);
  }
}

function targetOf(argument: CommandArgument): Partial<LensTarget> | undefined {
  return argument instanceof vscode.Uri ? undefined : argument;
}

/** Where a document is shown already, so that it does not open a second time over the view. */
export function columnOf(document: vscode.TextDocument): { viewColumn: vscode.ViewColumn } {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  return { viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One };
}

async function newNetwork(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'vgnet', content: starterNetwork });
  await vscode.window.showTextDocument(document);
}
