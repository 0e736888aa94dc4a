import * as vscode from 'vscode';
import { logHeader, logLines } from '../../protocol/runLog.ts';
import type { FromView } from '../../protocol/view.ts';
import type { Commands } from '../commands.ts';
import { columnOf } from '../commands.ts';
import type { Analyses } from '../../runs/analyses.ts';
import type { RunStore } from '../../runs/runStore.ts';
import { Session } from '../../runs/session.ts';
import type { ShownRun } from '../../runs/shownRun.ts';
import type { Logs } from '../logs.ts';

export interface AnswerSources {
  readonly store: RunStore;
  readonly analyses: Analyses;
  readonly commands: Commands;
  readonly logs: Logs;
  /** Tells the view of a run that is not in the store. */
  readonly tell: (run: ShownRun) => void;
}

/** Does what the view asks for. */
export class Answers implements vscode.Disposable {
  private readonly sources: AnswerSources;
  private readonly pointed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
  });

  constructor(sources: AnswerSources) {
    this.sources = sources;
  }

  dispose(): void {
    this.pointed.dispose();
  }

  async answer(message: Exclude<FromView, { type: 'ready' }>, file: string | undefined): Promise<void> {
    const { store, analyses, commands } = this.sources;
    switch (message.type) {
      case 'analyze':
        return file === undefined ? undefined : commands.analyze({ file, network: message.network });
      case 'stop': {
        const session = store.find(message.run);
        return session && analyses.stop(session);
      }
      case 'thresholds': {
        const run = store.find(message.run) ?? this.sources.logs.find(message.run);
        run?.judgeBy(message.thresholds);
        if (run instanceof Session) return store.tell({ type: 'state', session: run });
        return run && this.sources.tell(run);
      }
      case 'reveal':
        return this.reveal(store.find(message.run), message.layer);
      case 'point':
        return this.point(store.find(message.run), message.layer);
      case 'save': {
        const { name, format, content } = message;
        const bytes = format === 'png' ? Buffer.from(content, 'base64') : Buffer.from(content, 'utf8');
        return saveAs(file, name, format, bytes);
      }
      case 'save-log':
        return this.saveLog(store.find(message.run) ?? this.sources.logs.find(message.run));
      default:
        throw new Error(`Unknown message of the view: ${JSON.stringify(message satisfies never)}`);
    }
  }

  private async saveLog(run: ShownRun | undefined): Promise<void> {
    if (run?.recording === undefined) return;
    const { network, layers, file } = run.header();
    const text = logHeader(network, layers) + logLines(run.recording.rows, layers);
    return saveAs(file, `${network}.vglog`, 'vglog', Buffer.from(text, 'utf8'));
  }

  private async reveal(session: Session | undefined, layer: string): Promise<void> {
    if (session === undefined) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(session.request.file, true));
    const range = layerRange(document, session, layer);
    const where = range === undefined ? {} : { selection: new vscode.Range(range.start, range.start) };
    const editor = await vscode.window.showTextDocument(document, { ...columnOf(document), ...where });
    if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private point(session: Session | undefined, layer: string | undefined): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const isHere = editor.document.uri.toString() === session?.request.file;
      const range =
        isHere && session !== undefined && layer !== undefined
          ? layerRange(editor.document, session, layer)
          : undefined;
      editor.setDecorations(this.pointed, range === undefined ? [] : [range]);
    }
  }
}

/** Where a layer's line is now. */
function layerRange(document: vscode.TextDocument, session: Session, name: string): vscode.Range | undefined {
  const layer = session.network.layers.find((candidate) => candidate.name === name);
  const span = layer && session.anchors.get(`layer ${layer.line}`);
  return span && document.lineAt(document.positionAt(span.from)).range;
}

/** Asks where to save, beside the `.vgnet` file at first, and writes. */
export async function saveAs(
  file: string | undefined,
  name: string,
  format: string,
  bytes: Uint8Array,
): Promise<void> {
  const folder =
    file === undefined || file.startsWith('untitled:')
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(vscode.Uri.parse(file, true), '..');
  const fileName = name.replaceAll(/[^\w.\-[\] ]/g, '_');
  const target = await vscode.window.showSaveDialog({
    filters: { [format.toUpperCase()]: [format] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, bytes);
}
