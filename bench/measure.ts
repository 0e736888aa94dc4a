/**
 * What a person waits for, measured in a real VS Code with the packaged extension, beside an extension that answers at
 * once, whose times are VS Code's own: `npm run measure`, or `npm run measure -- --rounds N`.
 *
 * Prints medians beside their limits. Needs a quiet machine to mean anything.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installExtension, launchCodeServer, writeSettings } from '../scripts/code-server/launch.ts';
import { steadySettings } from '../scripts/code-server/settings.ts';
import { buildForProduction, pack } from '../scripts/package.ts';
import { packagedExtension, root } from '../scripts/paths.ts';
import { launchBrowser } from '../test/e2e/harness/browser.ts';
import {
  measureActivationAtStart,
  measureAtRest,
  type AtRest,
  type Measured,
  type Place,
} from './vscode/windows.ts';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });

await buildForProduction();
await pack({ output: 'on failure' });
const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-measure-'));
const baseline = path.join(folder, 'baseline.vsix');
await pack({ from: path.join(root, 'bench/vscode/baseline'), to: baseline, output: 'on failure' });
await writeSettings(folder, steadySettings);
for (const extension of [packagedExtension, baseline]) await installExtension(folder, extension);
const server = await launchCodeServer({ folder });
const browser = await launchBrowser();
const place: Place = { browser, server, folder };
const atRest: Record<Measured, AtRest[]> = { vgnet: [], baseline: [] };
const atStart: Record<Measured, number[]> = { vgnet: [], baseline: [] };
try {
  // Fills VS Code's own caches, and lets the extension keep its compiled code.
  await measureAtRest(place, 'vgnet');
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    for (const measured of ['vgnet', 'baseline'] as const) {
      atRest[measured].push(await measureAtRest(place, measured));
      atStart[measured].push(await measureActivationAtStart(place, measured));
    }
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

const load = os.loadavg()[0] ?? 0;
console.log(
  `\n${os.availableParallelism()} cores, load ${load.toFixed(1)}, medians of ${flags.rounds} rounds in ms\n`,
);
console.log(`${''.padEnd(46)}   vgnet  at once  difference`);
const of = (measured: Measured, what: keyof AtRest): number =>
  median(atRest[measured].map((round) => round[what] ?? Number.NaN));
const [firstPoint, verdict] = [of('vgnet', 'firstPoint'), of('vgnet', 'verdict')];
const activation = of('vgnet', 'activation');
const [lenses, lensesAtOnce] = [of('vgnet', 'lenses'), of('baseline', 'lenses')];
say('click to first drawn point', firstPoint, of('baseline', 'firstPoint'), judge(firstPoint, 1000));
say('click to verdict, deep-sigmoid, 500 steps', verdict, undefined, judge(verdict, 2000));
say('activation in a window at rest', activation, of('baseline', 'activation'), judge(activation, 50));
say('activation while the window starts', median(atStart.vgnet), median(atStart.baseline), '');
say('text of 1,000 lines to its lenses', lenses, lensesAtOnce, judge(lenses - lensesAtOnce, 100));
const megabytes = statSync(packagedExtension).size / 1e6;
console.log(`\npackaged extension: ${megabytes.toFixed(2)} MB, ${judge(megabytes, 1.5)} MB`);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function judge(value: number, limit: number): string {
  return `${value < limit ? 'within' : 'BEYOND'} ${limit}`;
}

/** A row: vgnet's time, that of the extension that answers at once, and what vgnet adds to it. */
function say(what: string, time: number, atOnce: number | undefined, judgement: string): void {
  const [second, difference] =
    atOnce === undefined ? ['', ''] : [atOnce.toFixed(0), (time - atOnce).toFixed(0)];
  console.log(
    `${what.padEnd(46)} ${time.toFixed(0).padStart(7)} ${second.padStart(8)} ${difference.padStart(11)}  ${judgement}`,
  );
}
