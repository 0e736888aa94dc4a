import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { analyze, closeAll, edit, ended, eventually, open, problems } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

describe('Problems', () => {
  afterEach(closeAll);

  it('have errors in the text at their exact place, also while it is not saved', async () => {
    const editor = await open(sigmoidAndRelu);
    await edit(editor, 'dense 16 sigmoid', 'dense 16 sigmiod');
    const [shown] = await eventually(
      () => vscode.languages.getDiagnostics(editor.document.uri),
      (found) => found.length > 0,
    );
    assert.ok(shown);
    assert.equal(shown.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(editor.document.getText(shown.range), 'sigmiod');
    await edit(editor, 'sigmiod', 'sigmoid');
    await eventually(
      () => problems(editor.document),
      (found) => found.length === 0,
    );
  });

  it('have what a run found as warnings at the layer, and mark them after an edit', async () => {
    const editor = await open(sigmoidAndRelu);
    const { document } = editor;
    await ended(await analyze(document, 'deep_sigmoid'));
    const found = await eventually(
      () => problems(document),
      (all) => all.some((problem) => problem.includes('vanishing-gradient')),
    );
    assert.ok(
      found.some((problem) => problem.startsWith('2: vanishing-gradient: ')),
      found.join('\n'),
    );
    await edit(editor, 'network deep_sigmoid', '# above\nnetwork deep_sigmoid');
    const marked = await eventually(
      () => problems(document),
      (all) => all.some((problem) => problem.includes('before the edit')),
    );
    assert.ok(
      marked.some((problem) => problem.startsWith('3: vanishing-gradient: ')),
      marked.join('\n'),
    );
  });

  it('have the mistakes of a table outside of the workspace until it is saved without them', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-table-'));
    const table = path.join(folder, 'far.csv');
    writeFileSync(table, 'a,b,y\n1,2,0\n3,red,1\n');
    try {
      const { document } = await open(
        `network n {\n  input 2\n  dense 1\n}\ndata csv { path = "${table}", target = y }\ntrain { loss = mse }\n`,
      );
      await eventually(
        () => problems(document),
        (found) => found.some((problem) => /^4: data-values: .*red/.test(problem)),
      );
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(table));
      await edit(editor, 'red', '4');
      await editor.document.save();
      await eventually(
        () => problems(document),
        (found) => !found.some((problem) => problem.includes('data-values')),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are empty again once the file is closed', async () => {
    const { document } = await open('network broken { input 2');
    await eventually(
      () => problems(document),
      (found) => found.length > 0,
    );
    await closeAll();
    await eventually(
      () => problems(document),
      (found) => found.length === 0,
    );
  });
});
