import * as vscode from 'vscode';
import type { FromView, ToView } from '../../protocol/view.ts';
import type { RunEvent, RunStore } from '../../runs/runStore.ts';
import { AppendQueue } from '../../runs/appendQueue.ts';
import { readFromView } from '../../protocol/fromView.ts';
import { describe, inBackground } from '../log.ts';
import { pageHtml } from './html.ts';
import type { Session } from '../../runs/session.ts';
import type { ShownRun } from '../../runs/shownRun.ts';
import { furtherSeeds, glance, snapshot } from '../../runs/snapshot.ts';
import type { Trial } from '../../runs/trial.ts';

const nothing: PanelContents = { networks: [], runs: [] };

export const panelType = 'vgnet.panel';

/** What there is to show of a file. */
export interface PanelContents {
  readonly networks: readonly string[];
  readonly runs: readonly ShownRun[];
}

/** What the panel shows and whom it tells. */
export interface PanelHost {
  readonly extension: vscode.Uri;
  readonly store: RunStore;
  readonly log: vscode.LogOutputChannel;
  /** Names of a file's networks, and its runs from the oldest to the newest. */
  readonly contents: (file: string) => Promise<PanelContents>;
  /** The `.vgnet` file that is being looked at, for a view that does not know what it showed. */
  readonly activeFile: () => string | undefined;
  /** Answers everything that the view says but `ready`. */
  readonly receive: (message: Exclude<FromView, { type: 'ready' }>, file: string | undefined) => void;
}

/**
 * The one gradient view, beside the text. The page may vanish at any time (hidden, moved, the window reloaded); whenever
 * it says `ready` it is given everything anew.
 */
export class GradientPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly host: PanelHost;
  private readonly appends: AppendQueue;
  private panel: vscode.WebviewPanel | undefined;
  private file: string | undefined;
  /** Run that is asked for until the view has heard of it; from then on the choice is the view's. */
  private selectedRun: string | undefined;
  private isReady = false;
  /** Whether the page that is being loaded has been sent a glance ahead. */
  private isGreeted = false;
  /** Choices for a view that is not there yet, the last of each kind. */
  private readonly later = new Map<ToView['type'], ToView>();
  /** Runs whose rows the view has, or is told of as they come. */
  private readonly toldRuns = new Set<string>();
  /** The seed that the view shows of each run over several. */
  private readonly shownSeeds = new Map<string, number>();

  constructor(host: PanelHost) {
    this.host = host;
    this.appends = new AppendQueue((message) => this.post(message), Date.now);
    host.store.onDidChange((event) => this.follow(event));
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Opens the view beside the text, or brings it back, on a file and one of its runs. */
  show(file: string | undefined, run?: string): void {
    if (this.panel === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel(panelType, vscode.l10n.t('Gradients'), place));
    } else if (!this.panel.visible) {
      this.panel.reveal(undefined, true);
    }
    this.turnTo(file, run);
  }

  /** Shows another file, as an open view follows the active editor. */
  turnTo(file: string | undefined, run?: string): void {
    const known = run !== undefined && this.host.store.find(run) !== undefined;
    if (known) this.selectedRun = run;
    if (file === undefined || file === this.file) {
      if (known) this.post({ type: 'select-run', run, compareWith: [] });
      return;
    }
    this.file = file;
    this.nameTab();
    if (!known) this.selectedRun = undefined;
    this.sendSnapshot();
  }

  /** Lays runs over each other. */
  compare(run: string, compareWith: readonly string[]): void {
    this.selectedRun = run;
    this.post({ type: 'select-run', run, compareWith });
  }

  /** Tells the view what has become of a run that is not in the store. */
  tell(run: ShownRun): void {
    this.post({ type: 'run', header: run.header() });
  }

  /** Lights up a layer; undefined when the cursor has left all layers. */
  highlight(file: string, network: string, layer: string | undefined): void {
    if (file === this.file) this.post({ type: 'highlight', network, layer });
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered =
      typeof state === 'object' && state !== null && 'file' in state ? state.file : undefined;
    this.file = typeof remembered === 'string' ? remembered : this.host.activeFile();
    this.adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.appends.clear();
    this.panel?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.forgetPage();
    const { extension } = this.host;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
    // The page has all that it needs in itself.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    panel.webview.onDidReceiveMessage((message: unknown) => this.hear(message));
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away; it says `ready` when it is back.
      if (!panel.visible) this.forgetPage();
    });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.forgetPage();
      this.appends.clear();
      this.later.clear();
      if (this.file !== undefined) this.host.receive({ type: 'point', run: '', layer: undefined }, this.file);
    });
    panel.webview.html = pageHtml(extension);
    this.nameTab();
  }

  private forgetPage(): void {
    this.isReady = false;
    this.isGreeted = false;
  }

  private nameTab(): void {
    // `file:///a/n.vgnet`, `untitled:Untitled-1`
    const name = this.file?.split(/[/:]/).at(-1);
    if (this.panel === undefined || name === undefined) return;
    this.panel.title = vscode.l10n.t('Gradients: {0}', decodeURIComponent(name));
  }

  private hear(raw: unknown): void {
    const message = readFromView(raw);
    if (message === undefined) {
      this.host.log.warn(`The view sent a message that is not known: ${JSON.stringify(raw)?.slice(0, 200)}`);
    } else if (message.type === 'ready') {
      this.isReady = true;
      this.sendSnapshot();
    } else {
      this.host.receive(message, this.file);
    }
  }

  private follow(event: RunEvent): void {
    if (event.type === 'file') {
      if (event.file !== this.file) return;
      for (const session of this.host.store.of(event.file))
        this.post({ type: 'run', header: session.header() });
      return;
    }
    const { session } = event;
    if (session.request.file !== this.file) return;
    if (!this.isReady) {
      // A line takes two steps.
      if (event.type === 'rows' && session.steps > 1)
        inBackground(this.host.log, 'Sending the first rows', this.greet());
      return;
    }
    switch (event.type) {
      case 'rows': {
        const { recording } = session;
        const { rows, histograms } = event.rows;
        if (recording !== undefined) this.appends.add(session.id, rows, histograms, recording);
        return;
      }
      case 'progress':
        return;
      case 'seed':
        this.tellSeed(session, event.trial);
        break;
      case 'state':
        this.appends.flush(session.id);
        if (this.isAnotherShown(session)) return this.sendSnapshot();
        break;
      default:
        throw new Error(`Unknown event of the runs: ${JSON.stringify(event satisfies never)}`);
    }
    this.post({ type: 'run', header: session.header() });
    // A fix that was chosen brings a run that is over: its header is not all there is to tell.
    const isNew = !this.toldRuns.has(session.id);
    this.toldRuns.add(session.id);
    if (isNew && session.steps > 0) return this.sendSnapshot();
    if (event.type === 'state' && session.state !== 'running' && this.appends.hasThinned(session.id))
      inBackground(this.host.log, 'Sending a run anew that came thinned', this.tellAll(snapshot));
  }

  /** Whether another seed than before is the one that the verdict speaks of: then all rows are told anew. */
  private isAnotherShown(session: Session): boolean {
    const shown = session.header().seeds?.shown;
    const before = this.shownSeeds.get(session.id);
    if (shown !== undefined) this.shownSeeds.set(session.id, shown);
    return before !== undefined && before !== shown;
  }

  private tellSeed(session: Session, { recording }: Trial): void {
    if (recording === undefined) return;
    const seeds = furtherSeeds([recording], session.trials.length);
    this.post({ type: 'seeds', run: session.id, seeds });
  }

  /**
   * Sends the first rows to a page that is still being loaded, where VS Code keeps them: they are drawn before the page's
   * `ready` has come here and its answer there. Should they get lost, the answer tells everything anyway.
   */
  private async greet(): Promise<void> {
    const { panel } = this;
    if (panel?.visible !== true || this.isGreeted) return;
    this.isGreeted = true;
    const message = await this.makeMessage((...contents) => glance(...contents) ?? snapshot(...contents));
    if (message !== undefined && panel === this.panel && !this.isReady)
      void panel.webview.postMessage(message);
  }

  /** Tells the view everything. Megabytes take their time: a glance goes ahead, so that something is drawn meanwhile. */
  private sendSnapshot(): void {
    const ahead = this.isGreeted ? Promise.resolve() : this.tellAll(glance);
    this.isGreeted = false;
    ahead.then(() => this.tellAll(snapshot)).catch((error: unknown) => this.host.log.error(describe(error)));
  }

  private async makeMessage(make: typeof glance): Promise<ReturnType<typeof glance>> {
    const { file } = this;
    const { networks, runs } = file === undefined ? nothing : await this.host.contents(file);
    return file === this.file ? make(file, networks, runs, this.selectedRun) : undefined;
  }

  private async tellAll(make: typeof glance): Promise<void> {
    if (!this.isReady) return;
    const message = await this.makeMessage(make);
    if (!this.isReady || message === undefined) return;
    this.appends.clear();
    const taken = this.post(message);
    for (const { header } of message.runs) this.toldRuns.add(header.id);
    for (const choice of this.later.values()) this.post(choice);
    this.later.clear();
    this.selectedRun = undefined;
    // A view that goes while it is being sent to is no fault: it says `ready` when it is back.
    await taken?.then(undefined, () => undefined);
  }

  /** Sends a message; what it returns settles when the page has taken it. */
  private post(message: ToView): Thenable<boolean> | undefined {
    if (this.isReady) return this.panel?.webview.postMessage(message);
    // A choice that was made with the click that opens the view must not get lost.
    if (message.type === 'select-run' || message.type === 'highlight') this.later.set(message.type, message);
    return undefined;
  }
}
