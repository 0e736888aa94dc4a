/**
 * What a person waits for, measured in a real VS Code with the packaged extension: `npm run measure`.
 *
 * Prints the median of several rounds beside its limit. Needs a quiet machine to mean anything.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
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

declare global {
  /** In the frames of the page. */
  var firstColour: Promise<number>;
}

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

/**
 * One window: open the example, click, wait; then read how long VS Code says that the activation took. The pages
 * themselves look at the clock: the driver of the browser asks with pauses of up to half a second.
 */
async function measureRound(inBrowser: Browser, onServer: CodeServer): Promise<Round> {
  // A folder that was never open: otherwise there is the run of the round before, with its points and its verdict.
  const workspace = mkdtempSync(path.join(folder, 'examples-'));
  cpSync(path.join(root, 'examples'), workspace, { recursive: true });
  const workbench = await Workbench.open(inBrowser, {
    server: onServer,
    folder: workspace,
    files: [example],
  });
  const { page, view } = workbench;
  const editor = workbench.editor(example);
  await editor.lens('Analyze gradients').first().waitFor();
  await page.waitForTimeout(2000); // The extension warms its thread up after it has been activated.
  await page.addInitScript(watchForColour);
  const verdict = page.evaluate(timeOfVerdict);
  const [click] = await Promise.all([page.evaluate(timeOfClick), editor.clickLens('Analyze gradients')]);
  const firstPoint = await (await view.content()).evaluate(() => firstColour);
  const done = await verdict;
  const activation = await activationTime(workbench);
  await workbench.close();
  return { firstPoint: firstPoint - click, done: done - click, activation };
}

/** Runs in the workbench: settles with the time of the click that follows, in milliseconds since 1970. */
function timeOfClick(): Promise<number> {
  return new Promise((resolve) => {
    const hear = ({ timeStamp }: Event): void => resolve(performance.timeOrigin + timeStamp);
    addEventListener('mouseup', hear, { capture: true, once: true });
  });
}

/** Runs in the workbench: settles with the time of the frame in which a lens says the verdict. */
function timeOfVerdict(): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const shown = [...document.querySelectorAll('.codelens-decoration')];
      if (shown.some(({ textContent }) => textContent.includes('vanishing: '))) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in every new frame: `firstColour` is the time of the frame in which the chart has its first coloured pixel. */
function watchForColour(): void {
  const isColoured = ({ data }: ImageData): boolean => {
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
      if (data[at + 3] > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) return true;
    }
    return false;
  };
  globalThis.firstColour = new Promise((resolve) => {
    const look = (): void => {
      const chart = document.querySelector<HTMLCanvasElement>('canvas[data-testid="training-chart"]');
      const context = chart !== null && chart.width > 0 && chart.height > 0 && chart.getContext('2d');
      if (context && isColoured(context.getImageData(0, 0, context.canvas.width, context.canvas.height)))
        resolve(Date.now());
      else if (context) requestAnimationFrame(look);
      // VS Code writes the view's page into an empty one, and the frames asked for before that never come.
      else setTimeout(look, 10);
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
