/**
 * How the view looks, against pictures that were looked at. `VGNET_PICTURES=1` takes them anew.
 *
 * Tolerance: a pixel counts as different beyond a tenth of the largest difference, and 2 % of them may be: other versions
 * of the browser draw the edges of letters differently, and nothing else is so little.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/paths.ts';
import { openView, settle, themeNames, useView, type ViewChoices } from './harness.ts';

const folder = path.join(import.meta.dirname, 'pictures');
const colourTolerance = 0.1;
const shareTolerance = 0.02;

useView();

const shots: readonly (readonly [name: string, choices: ViewChoices])[] = [
  ...themeNames.map((theme) => [`vanishing-${theme}`, { scene: 'vanishing', theme }] as const),
  ['zeros', { scene: 'zeros' }],
  ['zeros-hc-light', { scene: 'zeros', theme: 'hc-light' }],
  ['diverged', { scene: 'diverged' }],
  ['recurrent', { scene: 'recurrent', theme: 'light' }],
  ['no-run', { scene: 'no-run', width: 600 }],
  ['stale-600', { scene: 'stale', width: 600, theme: 'light' }],
  ['vanishing-320', { scene: 'vanishing', width: 320 }],
];

describe('the view looks as it did when it was last looked at', () => {
  it.each(shots)('%s', async (name, choices) => {
    const page = await openView(choices);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await settle(page);
    const bytes = await page.screenshot({ fullPage: true });
    const picture = PNG.sync.read(bytes);
    const file = path.join(folder, `${name}.png`);
    if (process.env['VGNET_PICTURES'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, bytes);
    }
    const expected = PNG.sync.read(readFileSync(file));
    expect([picture.width, picture.height]).toEqual([expected.width, expected.height]);
    const difference = differenceOf(picture, expected);
    if (difference.share > shareTolerance) keep(name, picture, difference.picture);
    expect(difference.share).toBeLessThanOrEqual(shareTolerance);
  });
});

/** The share of pixels that differ in any channel by more than the tolerance, and where they are. */
function differenceOf(one: PNG, other: PNG): { share: number; picture: PNG } {
  const picture = new PNG({ width: one.width, height: one.height });
  const pixels = one.width * one.height;
  let different = 0;
  for (let at = 0; at < 4 * pixels; at += 4) {
    const differs = [0, 1, 2].some(
      (channel) =>
        Math.abs(one.data.readUInt8(at + channel) - other.data.readUInt8(at + channel)) >
        colourTolerance * 255,
    );
    if (differs) different += 1;
    picture.data.writeUInt32BE(differs ? 0xff0000ff : 0xffffffff, at);
  }
  return { share: different / pixels, picture };
}

/** Leaves what was seen beside what differs, to be looked at. */
function keep(name: string, picture: PNG, difference: PNG): void {
  const output = path.join(root, 'test-output', 'view');
  if (!existsSync(output)) mkdirSync(output, { recursive: true });
  writeFileSync(path.join(output, `${name}.png`), PNG.sync.write(picture));
  writeFileSync(path.join(output, `${name}-difference.png`), PNG.sync.write(difference));
}
