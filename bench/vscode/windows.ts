/** One window of VS Code after the other, and what a person waits for in it. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { CodeServer } from '../../scripts/code-server/launch.ts';
import { root } from '../../scripts/paths.ts';
import { Workbench } from '../../test/e2e/harness/workbench.ts';
import { timeOfClick, timeOfLens, timeOfVerdict, watchForColour } from './inPage.ts';

/** Milliseconds after which a window without an editor has done what it does at its start. */
const settling = 8000;

/** Milliseconds after the lenses until the click: a person reads first, and the extension prepares a thread. */
const reading = 2500;

/** Which extension is measured: vgnet, or the one that answers at once. Also the ending of its files. */
export type Measured = 'vgnet' | 'baseline';

/** Milliseconds in a window that is at rest. */
export interface AtRest {
  readonly activation: number;
  /** From the text of a file of a thousand lines to its lenses. */
  readonly lenses: number;
  /** From the click on a lens to the first drawn point. */
  readonly firstPoint: number;
  /** From the click on a lens of `examples/deep-sigmoid.vgnet` to its verdict. */
  readonly verdict: number | undefined;
}

/** Where the windows are opened. */
export interface Place {
  readonly browser: Browser;
  readonly server: CodeServer;
  /** Folders for the windows are made here. */
  readonly folder: string;
}

/** A person opens the file in a window that has stood for a while, and clicks. */
export async function measureAtRest(place: Place, measured: Measured): Promise<AtRest> {
  const workbench = await openWindow(place);
  const { page, view } = workbench;
  await page.waitForTimeout(settling);
  const shown = page.evaluate(timeOfLens, `thousand.${measured}`);
  await workbench.openFile(`thousand.${measured}`);
  const lenses = await shown;
  if (measured === 'vgnet') await workbench.openFile('deep-sigmoid.vgnet');
  const editor = workbench.editor(measured === 'vgnet' ? 'deep-sigmoid.vgnet' : `thousand.${measured}`);
  await editor.lens('Analyze gradients').first().waitFor();
  await page.waitForTimeout(reading);
  await page.addInitScript(watchForColour);
  const verdict = measured === 'vgnet' ? page.evaluate(timeOfVerdict) : undefined;
  const [click] = await Promise.all([page.evaluate(timeOfClick), editor.clickLens('Analyze gradients')]);
  const firstPoint = (await (await view.content()).evaluate(() => firstColour)) - click;
  const done = await verdict;
  const activation = await activationTime(workbench, measured);
  await workbench.close();
  return { activation, lenses, firstPoint, verdict: done && done - click };
}

/** Milliseconds of activation where the window starts with the file open, as after a restart, and the cores are busy with it. */
export async function measureActivationAtStart(place: Place, measured: Measured): Promise<number> {
  const workbench = await openWindow(place, [`thousand.${measured}`]);
  await workbench.editor(`thousand.${measured}`).lens('Analyze gradients').first().waitFor();
  await workbench.page.waitForTimeout(reading);
  const activation = await activationTime(workbench, measured);
  await workbench.close();
  return activation;
}

/** A window on a folder that was never open: otherwise there is the run of the round before, with its points and its verdict. */
function openWindow({ browser, server, folder }: Place, files: readonly string[] = []): Promise<Workbench> {
  const workspace = mkdtempSync(path.join(folder, 'examples-'));
  cpSync(path.join(root, 'examples'), workspace, { recursive: true });
  for (const ending of ['vgnet', 'baseline'])
    writeFileSync(path.join(workspace, `thousand.${ending}`), thousandLines());
  return Workbench.open(browser, { server, folder: workspace, files });
}

/** Milliseconds as "Running Extensions" has them. */
async function activationTime(workbench: Workbench, extension: Measured): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .extension', {
    has: workbench.page.locator('.name', { hasText: new RegExp(`^${extension}$`, 'i') }),
  });
  const text = await row.locator('.activation-time').innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`No time in ${JSON.stringify(text)}`);
  return Number(milliseconds);
}

/** Forty networks of 24 lines and an empty one each: a thousand lines. */
function thousandLines(): string {
  const head = 'data moons { samples = 100 }\ntrain { loss = bce_with_logits, steps = 10 }\n';
  const layers = '  dense 16 tanh\n'.repeat(20);
  const networks = Array.from(
    { length: 40 },
    (_, index) => `network n${index} {\n  input 2\n${layers}  dense 1\n}\n\n`,
  );
  return head + networks.join('');
}
