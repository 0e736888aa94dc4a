/** What an end-to-end test starts from: a workbench of its own over a folder of its own. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { writeSettings } from '../../../scripts/code-server/launch.ts';
import { steadySettings } from '../../../scripts/code-server/settings.ts';
import { root } from '../../../scripts/paths.ts';
import { launchBrowser } from './browser.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

export interface Start {
  /** An example to open, or a file of `files`. */
  readonly open: string;
  /** Files of the folder besides the examples: name to content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Settings besides the steady ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: WorkbenchOptions['size'];
}

let browser: Promise<Browser> | undefined;

/** Opens VS Code on a copy of the examples; a test that fails leaves a picture in test-output/. */
export async function openWorkbench({ open, files = {}, settings = {}, size }: Start): Promise<Workbench> {
  const { folder: serverFolder, ...server } = inject('codeServer');
  await writeSettings(serverFolder, { ...steadySettings, ...settings });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgnet-workspace-'));
  await cp(path.join(root, 'examples'), folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  browser ??= launchBrowser();
  const workbench = await Workbench.open(await browser, {
    server,
    folder,
    files: [open],
    ...(size && { size }),
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.screenshot(pictureOf(task.name));
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });
  await workbench.editor(open).root.waitFor();
  return workbench;
}

function pictureOf(test: string): string {
  return path.join(root, 'test-output', `${test.replaceAll(/\W+/g, '-')}.png`);
}
