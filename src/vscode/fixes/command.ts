import * as vscode from 'vscode';
import { proposeFixes } from '../../analysis/fixes.ts';
import { explanations } from '../../analysis/explain.ts';
import { runsOfNetwork } from '../../runs/latest.ts';
import type { RunStore } from '../../runs/runStore.ts';
import type { Session } from '../../runs/session.ts';
import { alarmOf, type TriedFix, type Tryout, type Tryouts } from '../../runs/tryouts.ts';
import { fixList } from '../../runs/words/fixList.ts';
import type { NetworkOutcome } from '../../language/network.ts';
import type { CommandArgument, Commands } from '../commands.ts';
import { editOf, type Documents } from '../documents.ts';
import { chooseFix } from './picker.ts';
import type { GradientPanel } from '../panel/panel.ts';

export interface FixSources {
  readonly documents: Documents;
  readonly store: RunStore;
  readonly commands: Commands;
  readonly tryouts: Tryouts;
  readonly panel: GradientPanel;
}

/** Milliseconds that a passing remark stays in the status bar. */
const remarkTime = 6000;

/** "Try Fixes": trains what might cure a network, offers it ranked, and writes what is chosen into the text. */
export class Fixes {
  private readonly sources: FixSources;
  /** One list at a time: a second one would close the first. */
  private showing: Promise<void> = Promise.resolve();

  constructor(sources: FixSources) {
    this.sources = sources;
    sources.store.onDidChange((event) => {
      if (event.type === 'file') this.cancelEdited(event.file);
    });
  }

  register(): vscode.Disposable[] {
    const register = (id: string, run: (argument: CommandArgument) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(`vgnet.${id}`, run);
    return [
      register('tryFixes', (argument) => this.tryFixes(argument)),
      register('cancelFixes', (argument) => this.cancel(argument)),
    ];
  }

  /** Tries the fixes of the named network, the one at the cursor, or the only one; shows them at once where they were tried before. */
  private async tryFixes(argument: CommandArgument): Promise<void> {
    const { commands, documents, tryouts } = this.sources;
    const chosen = await commands.choose(argument);
    if (chosen === undefined) return;
    const { document, outcome } = chosen;
    const session = await this.judged(document, outcome);
    if (session?.verdict === undefined) return;
    const { verdict } = session;
    const alarm = alarmOf(session);
    if (alarm === undefined) {
      remark(vscode.l10n.t('{0} is {1}: nothing to fix', outcome.name, explanations[verdict.kind].title));
      return;
    }
    const known = tryouts.of(session);
    if (known?.state === 'running') return;
    if (known?.state === 'done') return this.offer(document, known);
    const candidates = proposeFixes(documents.check(document), outcome.name, alarm);
    if (candidates.length === 0) {
      remark(vscode.l10n.t('No fix is known for {0}: {1}', outcome.name, verdict.message));
      return;
    }
    const tryout = await tryouts.start(session, candidates);
    // In another file one would not know what the list is about: there the status bar says that it is there.
    if (tryout.state === 'done' && isLookedAt(document)) await this.offer(document, tryout);
  }

  /** The newest run of the network as it stands in the text; one that is missing is made first. */
  private async judged(document: vscode.TextDocument, outcome: NetworkOutcome): Promise<Session | undefined> {
    const { store, commands } = this.sources;
    const lineAt = (at: number): number => document.positionAt(at).line;
    const sessions = store.of(document.uri.toString());
    const { newest } = runsOfNetwork(sessions, lineAt(outcome.header.from), lineAt);
    const usable = newest !== undefined && !newest.stale && ['completed', 'diverged'].includes(newest.state);
    if (usable && newest.network.name === outcome.name) return newest;
    const session = await commands.start(document, outcome);
    if (session === undefined) return undefined;
    await new Promise<void>((resolve) => {
      const listening = store.onDidChange((event) => {
        if (event.type !== 'state' || event.session !== session || session.state === 'running') return;
        listening.dispose();
        resolve();
      });
    });
    return session.state === 'completed' || session.state === 'diverged' ? session : undefined;
  }

  /** Ends the named network's, otherwise all. */
  private cancel(argument: CommandArgument): void {
    const { tryouts } = this.sources;
    const target = argument instanceof vscode.Uri ? undefined : argument;
    for (const tryout of tryouts.running()) {
      const { request, network } = tryout.asItIs;
      if (target?.file === undefined || (request.file === target.file && network.name === target.network))
        tryouts.cancel(tryout);
    }
  }

  /** What was tried belongs to the text as it was. */
  private cancelEdited(file: string): void {
    const { tryouts } = this.sources;
    for (const tryout of tryouts.running()) {
      const { asItIs } = tryout;
      if (asItIs.request.file !== file || !asItIs.stale) continue;
      tryouts.cancel(tryout);
      void sayEdited(asItIs);
    }
  }

  /** Shows the list, behind one that is open. */
  private offer(document: vscode.TextDocument, tryout: Tryout): Promise<void> {
    const shown = this.showing.then(() => this.show(document, tryout));
    // A failure is told by whoever asked for this list, and must not keep the next one from being shown.
    this.showing = shown.catch(() => undefined);
    return shown;
  }

  private async show(document: vscode.TextDocument, tryout: Tryout): Promise<void> {
    const list = fixList(tryout);
    this.sources.tryouts.see(tryout);
    if (list === undefined) return;
    if (list.items.length === 1) {
      remark(vscode.l10n.t('None of the fixes of {0} could be trained', tryout.asItIs.network.name));
      return;
    }
    const choice = await chooseFix(document, list);
    if (choice === undefined) return;
    await this.apply(document, tryout, choice.fix, choice.compares);
  }

  /** Writes a fix into the text; its run becomes the newest of the file. */
  private async apply(
    document: vscode.TextDocument,
    { asItIs }: Tryout,
    { candidate, session }: TriedFix,
    compares: boolean,
  ): Promise<void> {
    const { store, panel } = this.sources;
    if (document.getText() !== asItIs.request.text) return sayEdited(asItIs);
    if (!(await vscode.workspace.applyEdit(editOf(document, candidate.edits)))) return;
    if (document.getText() !== candidate.text) return;
    store.add(session, document.getText());
    if (!compares && !panel.isOpen) return;
    panel.show(session.request.file, session.id);
    panel.compare(session.id, [asItIs.id]);
  }
}

function isLookedAt(document: vscode.TextDocument): boolean {
  const active = vscode.window.activeTextEditor?.document;
  return !document.isClosed && (active === undefined || active === document);
}

function remark(text: string): void {
  vscode.window.setStatusBarMessage(text, remarkTime);
}

async function sayEdited({ request, network }: Session): Promise<void> {
  const again = vscode.l10n.t('Try Again');
  const name = request.file.split('/').at(-1) ?? '';
  const message = vscode.l10n.t(
    '{0} was edited: the fixes of {1} belong to the text before, and none was applied.',
    decodeURIComponent(name),
    network.name,
  );
  if ((await vscode.window.showInformationMessage(message, again)) !== again) return;
  await vscode.commands.executeCommand('vgnet.tryFixes', { file: request.file, network: network.name });
}
