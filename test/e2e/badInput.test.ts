/** What cannot be trained says so at its place, and nothing else breaks. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerFileDialog } from './harness/saving.ts';
import { openWorkbench, shareWorkbench } from './harness/session.ts';
import type { Workbench } from './harness/workbench.ts';

const data = 'data moons { samples = 100, noise = 0.1 }\ntrain { loss = bce_with_logits, steps = 20 }\n';
const sound = `network sound {\n  input 2\n  dense 1\n}\n${data}`;

describe('a text that is wrong', () => {
  const wrong = [
    { name: 'half a file', text: 'network half {\n  input 2\n  dense 16 sig', says: /sig/ },
    { name: 'a block that is never closed', text: `network open {\n  input 2\n  dense 1\n`, says: /\}/ },
    { name: 'a negative width', text: sound.replace('dense 1', 'dense -3'), says: /-3/ },
    { name: 'a width beyond reason', text: sound.replace('dense 1', 'dense 1e9'), says: /1e9|1,000,000,000/ },
    {
      name: 'layers beyond reason',
      text: sound.replace('dense 1', 'repeat 100000 { dense 4 tanh }\n  dense 1'),
      says: /100,001 layers/,
    },
    { name: 'a word that does not exist', text: sound.replace('dense 1', 'desne 1'), says: /dense/ },
  ].map((each, index) => ({ ...each, file: `wrong-${index}.vgnet` }));
  const latin = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9, 0x0a]), Buffer.from(sound)]);
  const open = shareWorkbench({
    open: 'iris.csv',
    files: { ...Object.fromEntries(wrong.map(({ file, text }) => [file, text])), 'latin.vgnet': latin },
  });

  it.each(wrong)('$name is an error in Problems', async ({ file, says }) => {
    const workbench = await open();
    await workbench.closeEditors();
    const rows = await workbench.problems();
    // Those of the text before this one go with its editor.
    await expect.poll(() => rows.count()).toBe(0);
    const editor = await workbench.openFile(file);
    await editor.squiggles('error').first().waitFor();
    await expect.poll(async () => (await rows.allInnerTexts()).join('\n')).toMatch(says);
  });

  it('that is not UTF-8 is opened, and what is readable of it is checked', async () => {
    const workbench = await open();
    const editor = await workbench.openFile('latin.vgnet');
    await editor.lens('Analyze gradients').waitFor();
  });
});

describe('a data file that is wrong', () => {
  const textOf = (table: string): string =>
    `network n {\n  input 2\n  dense 1\n}\ndata csv { path = "${table}", target = y }\ntrain { loss = bce_with_logits, steps = 20 }\n`;
  const wrong = [
    { name: 'empty', csv: '', says: /empty|no / },
    { name: 'ragged', csv: 'a,b,y\n1,2,0\n1,1\n', says: /line 3/ },
    { name: 'not numeric', csv: 'a,b,y\n1,2,0\n1,red,1\n', says: /line 3.*red/ },
  ].map((each, index) => ({ ...each, table: `table-${index}.csv`, file: `table-${index}.vgnet` }));
  const files: Record<string, string> = { 'lost.vgnet': textOf('lost.csv') };
  for (const { file, table, csv } of wrong) {
    files[file] = textOf(table);
    files[table] = csv;
  }
  const open = shareWorkbench({ open: 'iris.csv', files });

  it('and missing is named by the run', async () => {
    const workbench = await open();
    await workbench.closeEditors();
    const editor = await workbench.openFile('lost.vgnet');
    await editor.clickLens('Analyze gradients');
    await editor.lens(/failed/).waitFor();
    expect((await editor.lens(/failed/).allInnerTexts()).join('\n')).toMatch(/lost\.csv/);
  });

  it.each(wrong)('and $name is named before any run', async ({ file, says }) => {
    const workbench = await open();
    await workbench.closeEditors();
    const rows = await workbench.problems();
    await expect.poll(() => rows.count()).toBe(0);
    const editor = await workbench.openFile(file);
    await editor.lens('1 error to mend before it can be analyzed').waitFor();
    await editor.squiggles('error').first().waitFor();
    await expect.poll(async () => (await rows.allInnerTexts()).join('\n')).toMatch(says);
  });
});

describe('a learning rate that makes the loss NaN', () => {
  it('ends the run as diverged, and what was recorded stays', async () => {
    const text = sound
      .replace('steps = 20', 'optimizer = sgd(lr=1e30), steps = 200')
      .replace('bce_with_logits', 'mse');
    const workbench = await openWorkbench({ open: 'wild.vgnet', files: { 'wild.vgnet': text } });
    const editor = workbench.editor('wild.vgnet');
    await editor.clickLens('Analyze gradients');
    await editor.lens(/diverged/).waitFor();
    await expect.poll(() => workbench.view.element('table').innerText()).toContain('dense');
  });
});

describe('a log that another tool wrote', () => {
  const name = '<img src=x onerror="document.title=0">';

  const share = shareWorkbench({ open: 'deep-sigmoid.vgnet' });

  async function open(workbench: Workbench, lines: readonly string[]): Promise<Workbench> {
    await writeFile(path.join(workbench.folder, 'foreign.vglog'), lines.join('\n'));
    await workbench.runCommand('VGNet: Open Gradient Log');
    await answerFileDialog(workbench, 'foreign.vglog');
    return workbench;
  }

  async function openInShared(lines: readonly string[]): Promise<Workbench> {
    const workbench = await share();
    await workbench.closeEditors();
    return open(workbench, lines);
  }

  it('is shown as far as it can be read, and what was passed over is said with its line', async () => {
    const { view } = await openInShared([
      JSON.stringify({ vglog: 2, network: 'torch', layers: [{ name, parameters: 4 }] }),
      '{"step":0,"loss":0.7,"norm":[1e-7]}',
      '{"step":1,"loss":NaN,"norm":[Infinity]}',
      '{"step":2,"loss":0.6,"norm":[1e-7,2e-7]}',
      '{"step":3,"loss":0.5,"norm":[3e-7]}',
      '{"step":4,"lo',
    ]);
    await expect.poll(() => view.element('network').innerText()).toBe('torch');
    expect(await view.element('step').innerText()).toBe('3 of 3');
    expect(await view.element('notes').locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/version 2.*version 1/),
      expect.stringMatching(/^line 4 has 2 norms for 1 layers/),
      expect.stringMatching(/^line 6 is not whole/),
    ]);
    const named = view.frame.locator('tbody th');
    await expect.poll(() => named.innerText()).toBe(name);
    expect(await view.frame.locator('img').count()).toBe(0);
    // Smallest and largest of what is finite.
    const row = await view.row(name);
    expect([row['min'], row['max']]).toEqual(['1.00e-7', '3.00e-7']);
  });

  it('and that is gone after a reload leaves a view that says so', async () => {
    const workbench = await open(await openWorkbench({ open: 'deep-sigmoid.vgnet' }), [
      JSON.stringify({ vglog: 1, network: 'torch', layers: [{ name: 'a', parameters: 4 }] }),
      '{"step":0,"loss":0.7,"norm":[0.1]}',
    ]);
    await expect.poll(() => workbench.view.element('network').innerText()).toBe('torch');
    await rm(path.join(workbench.folder, 'foreign.vglog'));
    await workbench.reload();
    await expect
      .poll(() => workbench.view.element('empty').innerText())
      .toContain('foreign.vglog is not there any more');
  });

  it('without a step says so', async () => {
    const { view } = await openInShared([
      JSON.stringify({ vglog: 1, network: 'torch', layers: [{ name, parameters: 4 }] }),
    ]);
    await expect.poll(() => view.element('empty').innerText()).toContain('torch has no recorded step');
  });

  it('that is none is refused in words', async () => {
    const workbench = await openInShared(['step,norm', '0,1']);
    await expect
      .poll(async () => (await workbench.notifications().allInnerTexts()).join('\n'))
      .toContain('foreign.vglog: not a gradient log');
  });
});
