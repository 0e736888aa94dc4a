/** What cannot be trained says so at its place, and nothing else breaks. */
import { describe, expect, it } from 'vitest';
import { openWorkbench } from './harness/session.ts';

const data = 'data moons { samples = 100, noise = 0.1 }\ntrain { loss = bce_with_logits, steps = 20 }\n';
const sound = `network sound {\n  input 2\n  dense 1\n}\n${data}`;

describe('a text that is wrong', () => {
  it.each([
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
  ])('$name is an error in Problems', async ({ text, says }) => {
    const workbench = await openWorkbench({ open: 'wrong.vgnet', files: { 'wrong.vgnet': text } });
    await workbench.editor('wrong.vgnet').squiggles('error').first().waitFor();
    const rows = await workbench.problems();
    await expect.poll(async () => (await rows.allInnerTexts()).join('\n')).toMatch(says);
  });

  it('that is not UTF-8 is opened, and what is readable of it is checked', async () => {
    const bytes = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9, 0x0a]), Buffer.from(sound)]);
    const workbench = await openWorkbench({ open: 'latin.vgnet', files: { 'latin.vgnet': bytes } });
    await workbench.editor('latin.vgnet').lens('Analyze gradients').waitFor();
  });
});

describe('a data file that is wrong', () => {
  it.each([
    { name: 'missing', csv: undefined, says: /table\.csv/ },
    { name: 'empty', csv: '', says: /empty|no / },
    { name: 'ragged', csv: 'a,b,y\n1,2,0\n1,1\n', says: /line 3|row/ },
    { name: 'not numeric', csv: 'a,b,y\n1,2,0\n1,red,1\n', says: /red/ },
  ])('and $name is named with its place', async ({ csv, says }) => {
    const text = `network n {\n  input 2\n  dense 1\n}\ndata csv { path = "table.csv", target = y }\ntrain { loss = bce_with_logits, steps = 20 }\n`;
    const workbench = await openWorkbench({
      open: 'table.vgnet',
      files: { 'table.vgnet': text, ...(csv === undefined ? {} : { 'table.csv': csv }) },
    });
    const editor = workbench.editor('table.vgnet');
    await editor.clickLens('Analyze gradients');
    await editor.lens(/failed/).waitFor();
    expect((await editor.lens(/failed/).allInnerTexts()).join('\n')).toMatch(says);
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
