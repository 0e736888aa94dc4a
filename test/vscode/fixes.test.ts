import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { analyze, closeAll, edit, ended, eventually, handles, lenses, open } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

/** Steps at which the network beside the one with the alarm learns. */
const networks = sigmoidAndRelu.replace('lr=0.5', 'lr=0.05');
/** Long enough that something can happen while fixes are tried. */
const long = networks.replace('steps     = 200', 'steps     = 2000');

/** Analyzes the network whose gradients vanish and asks for fixes, as clicks on its lenses do. */
async function tryFixes(content: string): Promise<vscode.TextEditor> {
  const editor = await open(content);
  const { document } = editor;
  await ended(await analyze(document, 'deep_sigmoid'));
  void vscode.commands.executeCommand('vgnet.tryFixes', targetOf(document));
  return editor;
}

const targetOf = (document: vscode.TextDocument, network = 'deep_sigmoid') => ({
  file: document.uri.toString(),
  network,
});

function lens(document: vscode.TextDocument, wanted: RegExp): Promise<string[]> {
  return eventually(
    () => lenses(document),
    (titles) => titles.some((title) => wanted.test(title)),
    50_000,
  );
}

describe('Try Fixes', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('vgnet.cancelFixes');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeAll();
  });

  it('writes the chosen fix as one step, whose run is that of the new text', async () => {
    const editor = await tryFixes(networks);
    const { document } = editor;
    await lens(document, /^0: Show fixes$/);
    const text = await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return document.getText();
      },
      (now) => now !== networks,
    );
    // Nothing but the network that was meant has changed, and it has been measured already.
    const other = (whole: string): string => whole.slice(whole.indexOf('network deep_relu'));
    assert.equal(other(text), other(networks));
    const shown = await lens(document, /^0: (healthy|converged): /);
    assert.ok(!shown.some((title) => /^0: .*(fixes|before the edit)/.test(title)), shown.join('\n'));
    const { store } = await handles();
    const [before, after] = store.of(document.uri.toString());
    assert.equal(before?.verdict?.kind, 'vanishing');
    assert.equal(after?.request.text, text);
    assert.equal(after?.stale, false);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), networks);
  });

  it('keeps what it tried out of the file’s runs, also when nothing is chosen', async () => {
    const { document } = await tryFixes(networks);
    await lens(document, /^0: Show fixes$/);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const { store } = await handles();
    assert.equal(store.of(document.uri.toString()).length, 1);
    assert.equal(document.getText(), networks);
  });

  it('says how far it is, is not begun twice, and ends when it is cancelled', async () => {
    const { document } = await tryFixes(long);
    const shown = await lens(document, /^0: trying fixes: \d of \d$/);
    assert.ok(shown.includes('0: Cancel'), shown.join('\n'));
    await vscode.commands.executeCommand('vgnet.tryFixes', targetOf(document));
    await vscode.commands.executeCommand('vgnet.cancelFixes', targetOf(document));
    await lens(document, /^0: Try fixes$/);
    assert.equal(document.getText(), long);
  });

  it('ends when the text is edited, and applies nothing to it', async () => {
    const editor = await tryFixes(long);
    const { document } = editor;
    await lens(document, /^0: trying fixes/);
    await edit(editor, 'noise = 0.1', 'noise = 0.2');
    const shown = await lens(document, /^0: vanishing: .* before the edit$/);
    assert.ok(!shown.some((title) => title.startsWith('0: trying')), shown.join('\n'));
    assert.equal(document.getText(), long.replace('noise = 0.1', 'noise = 0.2'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is not offered where nothing is wrong, and changes nothing there', async () => {
    const { document } = await open(networks);
    await ended(await analyze(document, 'deep_relu'));
    const shown = await lens(document, /^6: (healthy|converged): /);
    assert.ok(!shown.some((title) => title.includes('fixes')), shown.join('\n'));
    await vscode.commands.executeCommand('vgnet.tryFixes', targetOf(document, 'deep_relu'));
    assert.equal(document.getText(), networks);
  });

  it('is the quick fix of what a run has found', async () => {
    const { document } = await open(networks);
    await ended(await analyze(document, 'deep_sigmoid'));
    const [problem] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.length > 0,
    );
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find(({ title }) => title === 'Try fixes for deep_sigmoid…');
    assert.equal(action?.command?.command, 'vgnet.tryFixes');
    assert.deepEqual(action?.command?.arguments, [targetOf(document)]);
  });
});
