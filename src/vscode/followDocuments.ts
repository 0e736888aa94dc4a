import * as vscode from 'vscode';
import type { TextChange } from '../runs/anchors.ts';
import type { Analyses } from '../runs/analyses.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { CsvFacts } from './csvFacts.ts';
import type { Problems } from './diagnostics.ts';
import { isVgnet, type Documents } from './documents.ts';
import { inBackground } from './log.ts';
import type { DocumentPredictions } from './predictions.ts';
import type { RunStorage } from './runStorage.ts';

/** Milliseconds after a key until Problems follow; more keys put it off. */
const typingPause = 60;

export interface Followers {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly analyses: Analyses;
  readonly storage: RunStorage;
  readonly problems: Problems;
  readonly predictions: DocumentPredictions;
  readonly csvFacts: CsvFacts;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps runs, Problems and predictions with the text of every document, as it stands in the editor. */
export class DocumentFollower implements vscode.Disposable {
  private readonly followers: Followers;
  private readonly pending = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly listening: vscode.Disposable;
  private readonly start: NodeJS.Timeout;

  constructor(followers: Followers) {
    this.followers = followers;
    const csvFiles = vscode.workspace.createFileSystemWatcher('**/*.csv');
    this.listening = vscode.Disposable.from(
      csvFiles,
      csvFiles.onDidChange(() => this.lookAgain()),
      csvFiles.onDidCreate(() => this.lookAgain()),
      csvFiles.onDidDelete(() => this.lookAgain()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.lookAgain()),
      // Nobody watches files outside of the workspace, and a mistake in one of them keeps its network from being trained.
      vscode.workspace.onDidSaveTextDocument((document) => !isVgnet(document) && this.lookAtTables()),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.lookAtTables()),
      vscode.workspace.onDidOpenTextDocument((document) => this.open(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.change(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.close(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.offerComparison(editor.document)),
      followers.store.onDidChange((event) => {
        // An edit shows itself after the pause; the places of what is shown are moved by VS Code until then.
        if (event.type === 'state') this.showFile(event.session.request.file);
      }),
    );
    // Not in an immediate: VS Code sends in a timeout what an activation has registered, and a check of what is open
    // would keep the window from hearing of it.
    this.start = setTimeout(() => vscode.workspace.textDocuments.forEach((document) => this.open(document)));
  }

  dispose(): void {
    this.listening.dispose();
    clearTimeout(this.start);
    for (const timer of this.pending.values()) clearTimeout(timer);
  }

  private open(document: vscode.TextDocument): void {
    if (!isVgnet(document)) return;
    const { store, storage, log } = this.followers;
    store.followText(document.uri.toString(), document.getText());
    inBackground(log, 'Reading saved runs', storage.restore(document));
    this.show(document);
  }

  private change({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!isVgnet(document) || contentChanges.length === 0) return;
    const { store, predictions } = this.followers;
    store.followText(document.uri.toString(), document.getText(), contentChanges.map(changeOf));
    predictions.cancel(document);
    this.putOff(document);
    this.pending.set(
      document,
      setTimeout(() => this.show(document), typingPause),
    );
  }

  private close(document: vscode.TextDocument): void {
    this.putOff(document);
    this.followers.problems.clear(document);
    this.followers.predictions.cancel(document);
    if (document.isUntitled) this.forget(document.uri.toString());
  }

  /** An unsaved file that is closed is gone, and the next one may have its name. */
  private forget(file: string): void {
    const { store, analyses } = this.followers;
    for (const session of store.of(file)) analyses.stop(session);
    store.forget(file);
  }

  private show(document: vscode.TextDocument): void {
    this.putOff(document);
    if (document.isClosed) return;
    const { problems, predictions } = this.followers;
    problems.show(document);
    predictions.follow(document);
    this.offerComparison(document);
    this.lookAtTable(document);
  }

  private lookAtTables(): void {
    for (const document of vscode.workspace.textDocuments) if (isVgnet(document)) this.lookAtTable(document);
  }

  private lookAtTable(document: vscode.TextDocument): void {
    inBackground(this.followers.log, 'Looking at CSV files', this.look(document));
  }

  /** Checks anew what depends on a CSV file that is known now, or has changed. */
  private async look(document: vscode.TextDocument): Promise<void> {
    const { documents, csvFacts } = this.followers;
    if (!(await csvFacts.look(document.uri, documents.check(document)))) return;
    documents.forget(document);
    this.show(document);
  }

  private lookAgain(): void {
    for (const document of vscode.workspace.textDocuments) if (isVgnet(document)) this.show(document);
  }

  private showFile(file: string): void {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file);
    if (document !== undefined && isVgnet(document)) this.show(document);
  }

  private putOff(document: vscode.TextDocument): void {
    clearTimeout(this.pending.get(document));
    this.pending.delete(document);
  }

  /** Keeps the `vgnet.severalNetworks` context: a comparison needs two. */
  private offerComparison(document: vscode.TextDocument): void {
    if (!isVgnet(document) || document !== vscode.window.activeTextEditor?.document) return;
    const several = this.followers.documents.check(document).networks.length > 1;
    void vscode.commands.executeCommand('setContext', 'vgnet.severalNetworks', several);
  }
}

function changeOf({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): TextChange {
  return { at: rangeOffset, removed: rangeLength, inserted: text };
}
