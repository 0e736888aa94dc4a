import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import * as vscode from 'vscode';
import { restoreRun, saveRun, savedRunVersion, type SavedRun } from '../runs/savedRun.ts';
import type { RunStore } from '../runs/runStore.ts';
import type { Session } from '../runs/session.ts';
import { describe, inBackground } from './log.ts';

/** Files kept over all networks; the oldest go. */
const mostFiles = 30;
/** Milliseconds of training that may be lost when a window ends without a word. */
const checkpointInterval = 3000;

/**
 * Keeps the newest run of each network in the workspace's storage, so that a reload of the window loses nothing. A run
 * that is going on when the window ends is kept as far as it got.
 */
export class RunStorage implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly store: RunStore;
  private readonly log: vscode.LogOutputChannel;
  private readonly restoring = new Map<string, Promise<void>>();
  private readonly saved = new WeakSet<Session>();
  /** When a running one was last saved. */
  private readonly checkpoints = new WeakMap<Session, number>();
  private readonly listening: { dispose(): void };

  constructor(context: vscode.ExtensionContext, store: RunStore, log: vscode.LogOutputChannel) {
    this.folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'runs');
    this.store = store;
    this.log = log;
    this.listening = store.onDidChange((event) => {
      if (event.type === 'file' || !this.isDue(event.session)) return;
      inBackground(log, 'Saving a run', this.save(event.session));
    });
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Brings back the runs of a document, once in the life of the window. */
  restore(document: vscode.TextDocument): Promise<void> {
    const file = document.uri.toString();
    const restoring = this.restoring.get(file) ?? this.readRuns(document, file);
    this.restoring.set(file, restoring);
    return restoring;
  }

  /** Saves what is still running; for the end of the window. */
  async saveRunning(): Promise<void> {
    await Promise.all(this.store.running().map((session) => this.save(session)));
  }

  /** Now and then while it trains, since a window may end without a word; once when it is over. */
  private isDue(session: Session): boolean {
    if (session.state !== 'running') {
      if (this.saved.has(session)) return false;
      this.saved.add(session);
      return true;
    }
    const last = this.checkpoints.get(session) ?? session.request.startedAt;
    if (Date.now() - last < checkpointInterval) return false;
    this.checkpoints.set(session, Date.now());
    return true;
  }

  private async readRuns(document: vscode.TextDocument, file: string): Promise<void> {
    if (document.isUntitled) return;
    for (const name of await this.names(`${hash(file)}-`)) {
      const session = await this.read(vscode.Uri.joinPath(this.folder, name));
      if (session?.request.file !== file) continue;
      this.saved.add(session);
      this.store.add(session, document.getText());
    }
  }

  private async save(session: Session): Promise<void> {
    const { file, network } = session.request;
    if (file.startsWith('untitled:') || session.steps === 0) return;
    const target = vscode.Uri.joinPath(this.folder, `${hash(file)}-${hash(network.name)}.run`);
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(target, serialize(saveRun(session)));
    await this.forgetOldest();
  }

  private async read(uri: vscode.Uri): Promise<Session | undefined> {
    try {
      const saved = deserialize(await vscode.workspace.fs.readFile(uri)) as SavedRun;
      return saved.version === savedRunVersion ? restoreRun(saved) : undefined;
    } catch (error) {
      this.log.warn(`A saved run could not be read and is passed over: ${describe(error)}`);
      return undefined;
    }
  }

  private async names(prefix = ''): Promise<string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.folder);
      return entries.map(([name]) => name).filter((name) => name.startsWith(prefix));
    } catch (error) {
      if (error instanceof vscode.FileSystemError) return [];
      throw error;
    }
  }

  private async forgetOldest(): Promise<void> {
    const names = await this.names();
    if (names.length <= mostFiles) return;
    const uris = names.map((name) => vscode.Uri.joinPath(this.folder, name));
    const dated = await Promise.all(
      uris.map(async (uri) => ({ uri, mtime: (await vscode.workspace.fs.stat(uri)).mtime })),
    );
    dated.sort((a, b) => b.mtime - a.mtime);
    for (const { uri } of dated.slice(mostFiles)) await vscode.workspace.fs.delete(uri);
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
