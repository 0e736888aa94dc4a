import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { analyze, closeAll, edit, ended, eventually, handles, lenses, open, openSaved } from './editor.ts';
import { endless, sigmoidAndRelu } from './networks.ts';

/** Waits until a run has recorded something. */
async function recording(session: { readonly steps: number }): Promise<void> {
  await eventually(
    () => session.steps,
    (steps) => steps > 0,
  );
}

describe('a run', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('vgnet.stop');
    await closeAll();
  });

  it('shows its progress in the lens and stops when asked, keeping what it recorded', async () => {
    const { document } = await open(endless);
    const session = await analyze(document, 'endless');
    await recording(session);
    const shown = await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => /^0: step\s+[\d,]+ of 100,000,000 · loss/.test(title)),
    );
    assert.ok(shown.includes('0: Stop'), shown.join('\n'));
    await vscode.commands.executeCommand('vgnet.stop', { run: session.id });
    await ended(session);
    assert.equal(session.state, 'stopped');
    assert.ok(session.steps > 0);
    const after = await eventually(
      () => lenses(document),
      (titles) => titles.includes('0: Analyze again'),
    );
    assert.match(after[0] ?? '', /^0: stopped after step/);
  });

  it('goes on while the text is edited, and belongs to the text as it was', async () => {
    const editor = await open(endless);
    const session = await analyze(editor.document, 'endless');
    await recording(session);
    await edit(editor, 'first: dense 64', 'first: dense 32');
    assert.equal(session.state, 'running');
    await vscode.commands.executeCommand('vgnet.stop', { run: session.id });
    await ended(session);
    const shown = await lenses(editor.document);
    assert.match(shown[0] ?? '', /before the edit$/);
  });

  it('survives the closing of its file', async () => {
    const { document } = await openSaved('closed.vgnet', sigmoidAndRelu);
    const session = await analyze(document, 'deep_sigmoid');
    await closeAll();
    await ended(session);
    assert.equal(session.state, 'completed');
    const again = await openSaved('closed.vgnet', sigmoidAndRelu);
    const shown = await lenses(again.document);
    assert.match(shown[0] ?? '', /^0: vanishing: /);
  });

  it('fails when its thread dies, keeps what it recorded, and the next one gets a new thread', async () => {
    const { document } = await open(endless);
    const session = await analyze(document, 'endless');
    await recording(session);
    (await handles()).killThreads();
    await ended(session);
    assert.equal(session.state, 'failed');
    assert.ok(session.steps > 0);
    const shown = await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => title.startsWith('0: failed')),
    );
    assert.match(shown[0] ?? '', /ended unexpectedly/);
    const next = await analyze(document, 'endless');
    await recording(next);
  });

  it('is replaced by a second one of the same network, and stands beside one of another', async () => {
    const { document } = await open(endless.replaceAll('endless', 'one') + endless.split('\ndata')[0]);
    const first = await analyze(document, 'one');
    const other = await analyze(document, 'endless');
    await recording(first);
    const second = await analyze(document, 'one');
    await ended(first);
    assert.equal(first.state, 'stopped');
    assert.equal(second.state, 'running');
    assert.equal(other.state, 'running');
  });

  it('of a network with a learning rate beyond reason ends as diverged, with what was recorded', async () => {
    const { document } = await open(
      sigmoidAndRelu.replace('bce_with_logits', 'mse').replace('lr=0.5', 'lr=1e30'),
    );
    const session = await analyze(document, 'deep_relu');
    await ended(session);
    assert.equal(session.state, 'diverged');
    assert.ok(session.steps > 0);
    assert.equal(session.verdict?.kind, 'diverged');
  });

  it('says what is wrong with a data file, at its line, and marks its path', async () => {
    const { document } = await open(
      `network n {\n  input 2\n  dense 1\n}\ndata csv { path = "nowhere.csv", target = y }\ntrain { loss = mse, optimizer = sgd(lr=0.1) }\n`,
    );
    const session = await analyze(document, 'n');
    await ended(session);
    assert.equal(session.state, 'failed');
    assert.match(session.failure?.message ?? '', /nowhere\.csv/);
    assert.equal(session.failure?.line, 5);
    const [shown] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.length > 0,
    );
    assert.ok(shown);
    assert.equal(document.getText(shown.range), 'nowhere.csv');
  });

  it('marks the path of weights that are not there, also where it stands in front of the network', async () => {
    const { document } = await open(
      `train { loss = bce_with_logits, optimizer = sgd(lr=0.1), weights = "nowhere.safetensors" }\ndata moons {}\nnetwork n {\n  input 2\n  dense 1\n}\n`,
    );
    await ended(await analyze(document, 'n'));
    const [shown] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.length > 0,
    );
    assert.ok(shown);
    assert.equal(document.getText(shown.range), 'nowhere.safetensors');
  });
});
