import * as vscode from 'vscode';
import type { CheckedNetwork } from '../language/network.ts';
import type { ProjectFiles } from '../protocol/worker.ts';
import { exportInThread, type ExportingThread } from '../runs/exportInThread.ts';
import type { CommandArgument, Commands } from './commands.ts';
import type { DataFiles } from './files.ts';
import { describe } from './log.ts';
import { computingSettings } from './settings.ts';

export interface ExportSources {
  readonly commands: Commands;
  readonly files: DataFiles;
  readonly startThread: () => ExportingThread;
}

/** "Export to PyTorch": a network as a folder with a script that trains it, from the very weights on the very batches. */
export class PyTorchExport {
  private readonly sources: ExportSources;

  constructor(sources: ExportSources) {
    this.sources = sources;
  }

  register(): vscode.Disposable {
    return vscode.commands.registerCommand('vgnet.exportPyTorch', (argument: CommandArgument) =>
      this.export(argument),
    );
  }

  /** Exports the named network, the one at the cursor, or the only one, to a folder that is asked for. */
  private async export(argument: CommandArgument): Promise<void> {
    const chosen = await this.sources.commands.chooseSound(argument);
    if (chosen === undefined) return;
    const { document, network } = chosen;
    const folder = await chooseFolder(document, network);
    if (folder === undefined) return;
    const files = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Exporting {0} to PyTorch', network.name),
      },
      () => this.project(document, network),
    );
    if (files === undefined || !(await mayWrite(folder, files))) return;
    try {
      await write(folder, files);
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
      void vscode.window.showErrorMessage(
        vscode.l10n.t('{0} was not exported: {1}', network.name, describe(error)),
      );
      return;
    }
    await sayWhereItIs(folder, network);
  }

  private async project(
    document: vscode.TextDocument,
    network: CheckedNetwork,
  ): Promise<ProjectFiles | undefined> {
    const files = await this.sources.files.read(document.uri, network);
    const { memoryLimit } = computingSettings();
    const outcome = await exportInThread(this.sources.startThread(), { network, files, memoryLimit });
    if (outcome.ok) return outcome.files;
    const { message } = outcome.failure;
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} was not exported: {1}', network.name, message));
    return undefined;
  }
}

/** The folder that the project's own one, named like the network, is made in. */
async function chooseFolder(
  document: vscode.TextDocument,
  network: CheckedNetwork,
): Promise<vscode.Uri | undefined> {
  const beside =
    document.uri.scheme === 'untitled'
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(document.uri, '..');
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      ...(beside && { defaultUri: beside }),
      title: vscode.l10n.t('Where to make the folder {0} of the PyTorch project', network.name),
      openLabel: vscode.l10n.t('Export Here'),
    })) ?? [];
  return parent && vscode.Uri.joinPath(parent, network.name);
}

/** Whether nothing of a project lies there, or may be replaced. */
async function mayWrite(folder: vscode.Uri, files: ProjectFiles): Promise<boolean> {
  const there = new Set((await entriesOf(folder)).map(([name]) => name));
  const replaced = [...files.keys()].filter((name) => there.has(name));
  if (replaced.length === 0) return true;
  const replace = vscode.l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} holds a project already.', vscode.workspace.asRelativePath(folder)),
    { modal: true, detail: vscode.l10n.t('Replaced would be: {0}', replaced.join(', ')) },
    replace,
  );
  return answer === replace;
}

async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}

async function write(folder: vscode.Uri, files: ProjectFiles): Promise<void> {
  await vscode.workspace.fs.createDirectory(folder);
  for (const [name, content] of files) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), bytes);
  }
}

async function sayWhereItIs(folder: vscode.Uri, network: CheckedNetwork): Promise<void> {
  const open = vscode.l10n.t('Open train.py');
  const message = vscode.l10n.t(
    '{0} is a PyTorch project in {1}: train it there with "python train.py".',
    network.name,
    vscode.workspace.asRelativePath(folder),
  );
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'train.py'));
}
