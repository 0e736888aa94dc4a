/** What the view gives away to be kept. */
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { openView, posted, useView } from './harness.ts';

useView();

describe('saving', () => {
  it('gives each chart as a PNG that has something on it', async () => {
    const page = await openView({ scene: 'recurrent' });
    for (const name of [
      'by-layer',
      'over-training',
      'map',
      'where-it-is-lost',
      'distribution',
      'through-time',
    ])
      await page.getByTestId(`save-${name}`).click();
    const saved = (await posted(page)).filter((message) => message.type === 'save');
    expect(saved.map(({ name }) => name)).toEqual(
      ['by-layer', 'training', 'loss', 'map', 'where-it-is-lost', 'distribution', 'through-time'].map(
        (name) => `adding_rnn-${name}.png`,
      ),
    );
    for (const { content } of saved) {
      const { data } = PNG.sync.read(Buffer.from(content, 'base64'));
      const colours = new Set(
        Array.from({ length: data.length / 4 }, (_, pixel) => data.readUInt32BE(pixel * 4)),
      );
      expect(colours.size).toBeGreaterThan(20);
    }
  });

  it('gives a picture a legend of its own between title and plot', async () => {
    const page = await openView({ scene: 'vanishing', width: 1800 });
    await page.getByTestId('save-by-layer').click();
    const saved = (await posted(page)).find((message) => message.type === 'save');
    const { width, height, data } = PNG.sync.read(Buffer.from(saved?.content ?? '', 'base64'));
    const plot = await page.getByTestId('by-layer-chart').boundingBox();
    // A title of 28 pixels, and a line of 18 for the four entries.
    expect([width, height]).toEqual([plot?.width, (plot?.height ?? 0) + 28 + 18]);
    const legend = data.subarray(28 * width * 4, 46 * width * 4);
    const background = legend.readUInt32BE(0);
    const isDrawn = (column: number): boolean =>
      Array.from({ length: 18 }, (_, row) => legend.readUInt32BE((row * width + column) * 4)).some(
        (colour) => colour !== background,
      );
    const entries = await page.locator('.section-by-layer .legend li').count();
    expect(entries).toBeGreaterThan(2);
    // Entries are sixteen pixels apart, and within one nothing is so far apart.
    const drawn = Array.from({ length: width }, (_, column) => (isDrawn(column) ? 'x' : ' ')).join('');
    expect(drawn.trim().split(/ {14,}/)).toHaveLength(entries);
  });

  it('gives the table as CSV with full digits, and the run to the host', async () => {
    const page = await openView({ scene: 'vanishing' });
    await page.getByTestId('save-table').click();
    await page.getByTestId('save-log').click();
    const [table, log] = await posted(page);
    if (table?.type !== 'save') throw new Error('The table was not saved.');
    const lines = table.content.trim().split('\r\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^step,layer,value,first,last,smallest,largest,/);
    const shown = await page.getByTestId('row-output').locator('[data-column=now]').textContent();
    expect(Number(lines.at(-1)?.split(',')[2]).toPrecision(3)).toBe(Number(shown).toPrecision(3));
    expect(log).toEqual({ type: 'save-log', run: 'run of deep_sigmoid' });
  });
});
