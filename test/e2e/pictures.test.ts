/** The pictures of the README are what the product shows. They are rewritten only on demand: `npm run pictures`. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { themes } from '../../scripts/code-server/themes.ts';
import { root } from '../../scripts/paths.ts';
import { openWorkbench } from './harness/session.ts';

const folder = path.join(root, process.env['VGNET_PICTURES'] ? 'docs/images' : 'test-output/images');

describe('a picture', () => {
  it.each([
    { theme: 'dark', brightness: [0, 90] },
    { theme: 'light', brightness: [190, 255] },
  ] as const)(
    'of the editor and the view in a $theme theme',
    async ({ theme, brightness: [least, most] }) => {
      const workbench = await openWorkbench({
        open: 'deep-sigmoid.vgnet',
        settings: { 'workbench.colorTheme': themes[theme] },
        size: { width: 1440, height: 900 },
      });
      const editor = workbench.editor('deep-sigmoid.vgnet');
      await editor.clickLens('Analyze gradients');
      await editor.lens(/vanishing: /).waitFor();
      await expect.poll(() => workbench.view.colouredShare('training-chart')).toBeGreaterThan(0.05);
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, `deep-sigmoid-${theme}.png`);
      await workbench.screenshot(file);
      const rows = await editor.hover('repeat 8');
      // It fades in.
      await expect.poll(() => rows.first().evaluate(opacityOf)).toBe(1);
      await workbench.screenshot(path.join(folder, `hover-${theme}.png`));
      const brightness = averageBrightness(PNG.sync.read(readFileSync(file)));
      expect(brightness).toBeGreaterThanOrEqual(least);
      expect(brightness).toBeLessThanOrEqual(most);
    },
  );
});

/** How much of an element is to be seen through all that it stands in. */
function opacityOf(element: Element): number {
  let opacity = 1;
  for (let each: Element | null = element; each !== null; each = each.parentElement)
    opacity *= Number(getComputedStyle(each).opacity);
  return opacity;
}

/** Mean over all pixels and channels, 0 to 255. */
function averageBrightness({ data }: PNG): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    sum += (data.readUInt8(at) + data.readUInt8(at + 1) + data.readUInt8(at + 2)) / 3;
  }
  return (sum * 4) / data.length;
}
