/** A network as a PyTorch project, from the palette to the files. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeProposedFolder } from './harness/saving.ts';
import { openWorkbench } from './harness/session.ts';

describe('"Export to PyTorch"', () => {
  it('makes a folder for the chosen network and leads to its script', async () => {
    const workbench = await openWorkbench({ open: 'deep-sigmoid.vgnet' });
    await workbench.runCommand('VGNet: Export to PyTorch');
    await workbench.paletteRows().filter({ hasText: 'deep_relu' }).click();
    await takeProposedFolder(workbench, 'Export Here');
    const said = workbench.notifications().filter({ hasText: 'deep_relu is a PyTorch project in deep_relu' });
    await said.getByText('Open train.py').click();
    await workbench.editor('train.py').root.waitFor();
    const folder = path.join(workbench.folder, 'deep_relu');
    expect((await readdir(folder)).toSorted()).toEqual([
      ...['data.safetensors', 'gradient_log.py', 'model.py', 'train.py', 'weights.safetensors'],
    ]);
    expect(await readFile(path.join(folder, 'model.py'), 'utf8')).toContain(
      'x = torch.relu(layers["hidden[8]"](x))  # 16',
    );
  });
});
