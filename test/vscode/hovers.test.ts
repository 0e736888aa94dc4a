import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { analyze, closeAll, edit, ended, hover, open } from './editor.ts';
import { sigmoidAndRelu } from './networks.ts';

describe('hovers', () => {
  afterEach(closeAll);

  it('show shapes and parameters of a layer before any run', async () => {
    const { document } = await open(sigmoidAndRelu);
    // 16 inputs, one unit and its bias.
    assert.match(await hover(document, 'output:'), /`output`.*dense.*16 → 1.*17 parameters/);
  });

  it('show what was measured, with a curve and a sentence', async () => {
    const { document } = await open(sigmoidAndRelu);
    await ended(await analyze(document, 'deep_sigmoid'));
    const shown = await hover(document, 'output:');
    assert.match(shown, /gradient norm ‖∇ₗ‖ \| &nbsp;&nbsp;\d\.\d+/);
    for (const row of ['rms gradient', 'relative gradient', 'speed of learning', 'backpropagated error'])
      assert.ok(shown.includes(row), `${row} in ${shown}`);
    assert.match(shown, /[▁▂▃▄▅▆▇█]{10}/);
    assert.match(shown, /command:vgnet\.openPanel/);
  });

  it('have a row for each layer that a repeat made', async () => {
    const { document } = await open(sigmoidAndRelu);
    await ended(await analyze(document, 'deep_sigmoid'));
    const shown = await hover(document, 'repeat 8');
    for (let instance = 1; instance <= 8; instance += 1) assert.ok(shown.includes(`\`hidden[${instance}]\``));
  });

  it('say that they were measured before the edit', async () => {
    const editor = await open(sigmoidAndRelu);
    await ended(await analyze(editor.document, 'deep_sigmoid'));
    await edit(editor, 'dense 16 sigmoid', 'dense 16 tanh');
    assert.match(await hover(editor.document, 'output:'), /before the edit/);
  });

  it('have nothing to say about an empty line', async () => {
    const { document } = await open(`\n\n${sigmoidAndRelu}`);
    assert.equal(await hover(document, '\n\n'), '');
  });
});
