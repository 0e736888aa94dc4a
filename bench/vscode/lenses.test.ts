/** In VS Code's extension host: how long it takes to answer for a file of a thousand lines. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

const head = 'data moons { samples = 100 }\ntrain { loss = bce_with_logits, steps = 10 }\n';

/** Forty networks of 24 lines and an empty one each: a thousand lines. */
function thousandLines(): string {
  const layers = '  dense 16 tanh\n'.repeat(20);
  const networks = Array.from(
    { length: 40 },
    (_, index) => `network n${index} {\n  input 2\n${layers}  dense 1\n}\n\n`,
  );
  return head + networks.join('');
}

describe('a file of a thousand lines', () => {
  it('gets its lenses', async () => {
    // Its activation is measured apart from this.
    await vscode.extensions.getExtension('vgnet.vgnet')?.activate();
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const document = await vscode.workspace.openTextDocument({
        language: 'vgnet',
        content: thousandLines(),
      });
      const start = performance.now();
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        1000,
      );
      times.push(performance.now() - start);
      assert.ok(lenses.length >= 40, `${lenses.length} lenses for 40 networks`);
    }
    const file = process.env['VGNET_MEASUREMENTS'];
    assert.ok(file, 'VGNET_MEASUREMENTS names the file for the results');
    writeFileSync(file, JSON.stringify({ lensMilliseconds: times }));
  });
});
