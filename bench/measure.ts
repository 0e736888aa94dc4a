/**
 * What a person waits for, measured in a real VS Code with the packaged extension: `npm run measure`.
 *
 * Prints the median of several rounds beside its limit. Needs a quiet machine to mean anything.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import {
  installExtension,
  launchCodeServer,
  writeSettings,
  type CodeServer,
} from '../scripts/code-server/launch.ts';
import { steadySettings } from '../scripts/code-server/settings.ts';
import { buildForProduction, pack } from '../scripts/package.ts';
import { packagedExtension, root } from '../scripts/paths.ts';
import { launchBrowser } from '../test/e2e/harness/browser.ts';
import { Workbench } from '../test/e2e/harness/workbench.ts';
import { runSuite } from '../test/vscode/runner/runSuite.ts';

const rounds = 5;
const example = 'deep-sigmoid.vgnet';

interface Round {
  readonly firstPoint: number;
  readonly done: number;
  readonly activation: number;
}

await buildForProduction();
await pack('on failure');
const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-measure-'));
await writeSettings(folder, steadySettings);
await installExtension(folder, packagedExtension);
const server = await launchCodeServer({ folder });
const browser = await launchBrowser();
const measured: Round[] = [];
try {
  await measureRound(browser, server); // Fills VS Code's own caches.
  for (let round = 0; round < rounds; round += 1) measured.push(await measureRound(browser, server));
} finally {
  await browser.close();
  await server.stop();
}
const lenses = await measureLenses();
rmSync(folder, { recursive: true, force: true });

const load = os.loadavg()[0] ?? 0;
console.log(`\n${os.availableParallelism()} cores, load ${load.toFixed(1)}, medians of ${rounds} rounds\n`);
say('click to first drawn point', median(measured.map(({ firstPoint }) => firstPoint)), 1000, 'ms');
say('click to verdict, deep-sigmoid, 500 steps', median(measured.map(({ done }) => done)), 2000, 'ms');
say('activation', median(measured.map(({ activation }) => activation)), 50, 'ms');
say('lenses for 1,000 lines', median(lenses), 100, 'ms');
say('packaged extension', statSync(packagedExtension).size / 1e6, 1.5, 'MB');

/** One window: open the example, click, wait; then read how long VS Code says that the activation took. */
async function measureRound(inBrowser: Browser, onServer: CodeServer): Promise<Round> {
  const workbench = await Workbench.open(inBrowser, {
    server: onServer,
    folder: path.join(root, 'examples'),
    files: [example],
  });
  const editor = workbench.editor(example);
  await editor
    .lens(/Analyze (gradients|again)/)
    .first()
    .waitFor();
  await workbench.page.waitForTimeout(2000); // The extension warms its thread up after it has been activated.
  const start = Date.now();
  await editor.clickLens(/Analyze (gradients|again)/);
  const [firstPoint, done] = await Promise.all([
    firstDrawnPoint(workbench).then((at) => at - start),
    editor
      .lens(/vanishing: /)
      .waitFor()
      .then(() => Date.now() - start),
  ]);
  const activation = await activationTime(workbench);
  await workbench.close();
  return { firstPoint, done, activation };
}

/** When the first point was there, in milliseconds since 1970: the page itself looks, since asking it again and again would keep it from drawing. */
async function firstDrawnPoint({ view }: Workbench): Promise<number> {
  const page = await view.content();
  return page.evaluate(timeOfFirstColour);
}

/** Runs in the page: resolves in the frame in which the chart has its first coloured pixel. */
function timeOfFirstColour(): Promise<number> {
  const isColoured = ({ data }: ImageData): boolean => {
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
      if (data[at + 3] > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) return true;
    }
    return false;
  };
  return new Promise((resolve) => {
    const look = (): void => {
      const chart = document.querySelector<HTMLCanvasElement>('canvas[data-testid="training-chart"]');
      const context = chart !== null && chart.width > 0 && chart.height > 0 && chart.getContext('2d');
      if (context && isColoured(context.getImageData(0, 0, context.canvas.width, context.canvas.height)))
        resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Milliseconds as "Running Extensions" has them. */
async function activationTime(workbench: Workbench): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: 'vgnet' });
  const text = await row.locator('.activation-time').innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`No time in ${JSON.stringify(text)}`);
  return Number(milliseconds);
}

async function measureLenses(): Promise<readonly number[]> {
  const measurements = path.join(folder, 'lenses.json');
  await runSuite({
    tests: 'bench/vscode',
    results: path.join(folder, 'results.json'),
    environment: { VGNET_MEASUREMENTS: measurements },
  });
  return (JSON.parse(readFileSync(measurements, 'utf8')) as { lensMilliseconds: number[] }).lensMilliseconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(what: string, value: number, limit: number, unit: string): void {
  const mark = value < limit ? 'within' : 'BEYOND';
  console.log(
    `${what.padEnd(44)} ${value.toFixed(unit === 'MB' ? 2 : 0).padStart(6)} ${unit}  ${mark} ${limit} ${unit}`,
  );
}
