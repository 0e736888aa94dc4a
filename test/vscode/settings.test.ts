import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { analyze, closeAll, ended, eventually, lenses, open } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('vgnet').update(name, value, vscode.ConfigurationTarget.Global);
}

describe('settings', () => {
  afterEach(async () => {
    for (const name of ['threshold', 'codeLens', 'metric', 'seeds', 'fastMath']) await set(name, undefined);
    await closeAll();
  });

  it('codeLens = off takes every lens away', async () => {
    const { document } = await open(sigmoidAndRelu);
    await set('codeLens', 'off');
    await eventually(
      () => lenses(document),
      (titles) => titles.length === 0,
    );
  });

  it('codeLens = all shows healthy layers too', async () => {
    const { document } = await open(sigmoidAndRelu);
    await ended(await analyze(document, 'deep_sigmoid'));
    await set('codeLens', 'all');
    await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => /^3: gradient norm \d/.test(title)),
    );
  });

  it('threshold judges a finished run anew, without training again', async () => {
    const { document } = await open(sigmoidAndRelu);
    const session = await analyze(document, 'deep_sigmoid');
    await ended(session);
    await set('threshold', 1e-30);
    await eventually(
      () => lenses(document),
      (titles) => !titles.some((title) => title.includes('below 1e-4')),
    );
    assert.equal(session.thresholds.threshold, 1e-30);
  });

  it('seeds trains over several, and says how often the verdict came up', async () => {
    const { document } = await open(sigmoidAndRelu);
    await set('seeds', 3);
    const session = await analyze(document, 'deep_sigmoid');
    await ended(session);
    assert.equal(session.trials.length, 3);
    await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => title.includes('vanishing in 3 of 3 seeds: ')),
    );
  });

  it('fastMath computes with it, and the run says so', async () => {
    const { document } = await open(sigmoidAndRelu);
    await set('fastMath', true);
    const session = await analyze(document, 'deep_sigmoid');
    await ended(session);
    assert.match(session.notes.join('\n'), /^computed with fast math/);
    assert.equal(session.verdict?.kind, 'vanishing');
  });

  it("gives way to the file's own analyze block", async () => {
    const { document } = await open(`${sigmoidAndRelu}\nanalyze { threshold = 1e-5 }\n`);
    await set('threshold', 1);
    const session = await analyze(document, 'deep_sigmoid');
    assert.equal(session.thresholds.threshold, 1e-5);
  });
});
