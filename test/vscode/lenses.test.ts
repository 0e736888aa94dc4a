import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { analyze, closeAll, edit, ended, eventually, lenses, open } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

describe('lenses', () => {
  afterEach(closeAll);

  it('offer analysis above each network, and the comparison above the first', async () => {
    const { document } = await open(sigmoidAndRelu);
    const offers = (await lenses(document)).filter((title) => !title.includes('predicted'));
    assert.deepEqual(offers, ['0: Analyze gradients', '0: Compare networks', '6: Analyze gradients']);
  });

  it('say what is predicted before any run, and say that it is a prediction', async () => {
    const { document } = await open(sigmoidAndRelu);
    const shown = await eventually(
      () => lenses(document),
      (titles) => titles.filter((title) => title.includes('predicted')).length === 3,
    );
    assert.ok(
      shown.some((title) => /^0: predicted: vanishing, hidden\[1\] ≈ \d\.\d\de-\d$/.test(title)),
      shown.join('\n'),
    );
    // Above the layer too: what is small there.
    assert.ok(
      shown.some((title) => title.startsWith('2: predicted: 4 of 8 below 1e-4, smallest hidden[1] ≈ ')),
      shown.join('\n'),
    );
    assert.ok(shown.some((title) => /^6: predicted: gradients 0\.\d+ to 0\.\d+$/.test(title)));
  });

  it('say what was found, with numbers, and warn above the layers', async () => {
    const { document } = await open(sigmoidAndRelu);
    await ended(await analyze(document, 'deep_sigmoid'));
    const shown = await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => title.startsWith('0: vanishing: ')),
    );
    assert.match(shown[0] ?? '', /^0: vanishing: .*\d/);
    assert.ok(shown.includes('0: Open view'), shown.join('\n'));
    assert.ok(shown.includes('0: Analyze again'), shown.join('\n'));
    const layer = shown.find((title) => title.startsWith('2: '));
    assert.match(layer ?? '', /^2: \d of 8 below 1e-4, smallest hidden\[1\] \d\.\d\de-\d+$/);
    assert.ok(shown.includes('6: Analyze gradients'), 'the other network has not been analyzed');
  });

  it('mark what was found before an edit, move with the layer, and lose the mark when the edit is undone', async () => {
    const editor = await open(sigmoidAndRelu);
    const { document } = editor;
    await ended(await analyze(document, 'deep_sigmoid'));
    await edit(editor, '  input 2\n', '  # a comment\n  input 2\n');
    const moved = await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => title.includes('before the edit')),
    );
    assert.match(moved[0] ?? '', /^0: vanishing: .* · before the edit$/);
    assert.ok(
      moved.some((title) => /^3: \d of 8 below .* · before the edit$/.test(title)),
      moved.join('\n'),
    );
    await vscode.commands.executeCommand('undo');
    const back = await eventually(
      () => lenses(document),
      (titles) => titles.every((title) => !title.includes('before the edit')),
    );
    assert.ok(back.some((title) => /^2: \d of 8 below/.test(title)));
  });

  it('never show a result above another layer that takes the place of a deleted one', async () => {
    const editor = await open(sigmoidAndRelu);
    const { document } = editor;
    await ended(await analyze(document, 'deep_sigmoid'));
    await edit(editor, '  hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform }\n', '');
    const left = await eventually(
      () => lenses(document),
      (titles) => titles.some((title) => title.includes('before the edit')),
    );
    assert.ok(!left.some((title) => title.startsWith('2: ') && title.includes('of 8')), left.join('\n'));
  });

  it('name the errors that keep a network from being analyzed', async () => {
    const { document } = await open('network broken {\n  input 2\n  dense -3\n}\n');
    const [first] = await lenses(document);
    assert.match(first ?? '', /^0: \d+ errors? to mend/);
  });
});
