/** What every test in the extension host does: open a text, look at what the editor shows for it, wait. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestHandles } from '../../src/extension.ts';
import type { Session } from '../../src/runs/session.ts';

/** The extension's own objects, which it hands out in tests only. */
export async function handles(): Promise<TestHandles> {
  const extension = vscode.extensions.getExtension<TestHandles | undefined>('vgnet.vgnet');
  assert.ok(extension, 'the extension is installed');
  const handed = await extension.activate();
  assert.ok(handed, 'the extension runs in its test mode');
  return handed;
}

/** Opens a text as a `.vgnet` document of its own. */
export async function open(content: string): Promise<vscode.TextEditor> {
  await handles();
  // On a busy machine VS Code gives a new document the name of one that was just closed, and with it that one's text.
  const document = await eventually(
    () => vscode.workspace.openTextDocument({ language: 'vgnet', content }),
    (opened) => opened.getText() === content,
  );
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Writes a text into the workspace and opens it. */
export async function openSaved(name: string, content: string): Promise<vscode.TextEditor> {
  await handles();
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content, 'utf8'));
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** A file of the folder that is open. */
export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** The lenses of a document, from top to bottom: `line: title`, icons left out. */
export async function lenses(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    1000,
  );
  return found
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, command }) => `${range.start.line}: ${words(command?.title ?? '')}`);
}

/** The text of the hovers at the first place where `word` stands. */
export async function hover(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Problems of a document as `line: code: message`. */
export function problems(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .map(({ range, code, message }) => `${range.start.line}: ${codeOf(code)}: ${message}`);
}

/** Waits until something is there; fails with what was seen last when it does not come. */
export async function eventually<Seen>(
  look: () => Seen | PromiseLike<Seen>,
  isThere: (seen: Seen) => boolean,
  patience = 10_000,
): Promise<Seen> {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > end) assert.fail(`Waited ${patience} ms in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Analyzes a network as a click on its lens does, and waits until the run has begun. */
export async function analyze(document: vscode.TextDocument, network: string): Promise<Session> {
  const file = document.uri.toString();
  await vscode.commands.executeCommand('vgnet.analyze', { file, network });
  const { store } = await handles();
  const session = store.of(file).at(-1);
  assert.ok(session, 'a run has begun');
  return session;
}

/** Waits for the end of a run. */
export async function ended(session: Session): Promise<void> {
  await eventually(
    () => session.state,
    (state) => state !== 'running',
    30_000,
  );
}

/** Replaces the first `old` by `replacement`, as typing does. */
export async function edit(editor: vscode.TextEditor, old: string, replacement: string): Promise<void> {
  const { document } = editor;
  const at = document.getText().indexOf(old);
  assert.notEqual(at, -1, `the text has ${JSON.stringify(old)}`);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + old.length));
  assert.ok(await editor.edit((builder) => builder.replace(range, replacement)));
}

/** Closes every editor without asking. */
export async function closeAll(): Promise<void> {
  for (const group of vscode.window.tabGroups.all) {
    for (const tab of group.tabs) {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      if (vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).includes(tab))
        await vscode.window.tabGroups.close(tab);
    }
  }
}

function words(title: string): string {
  return title.replace(/\$\([^)]*\)\s*/g, '');
}

function codeOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}
