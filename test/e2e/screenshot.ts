/**
 * Shows the product: opens a file with this checkout's extension in a real VS Code and writes a picture of the window.
 *
 *   npm run screenshot -- FILE OUT.png [--theme dark|light|hc-dark|hc-light] [--click LENS] [--hover TEXT]
 *                         [--command TITLE] [--wait TEXT] [--seconds N] [--size 1600x1000] [--view-only]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './harness/browser.ts';
import type { Editor } from './harness/editor.ts';
import { Workbench } from './harness/workbench.ts';
import { launchCodeServer, linkExtension, writeSettings } from '../../scripts/code-server/launch.ts';
import { steadySettings } from '../../scripts/code-server/settings.ts';
import { themes, type ThemeName } from '../../scripts/code-server/themes.ts';
import { root } from '../../scripts/paths.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'theme': { type: 'string', default: 'dark' },
    'click': { type: 'string', multiple: true, default: [] },
    'command': { type: 'string', multiple: true, default: [] },
    'hover': { type: 'string' },
    'wait': { type: 'string' },
    'seconds': { type: 'string', default: '1' },
    'size': { type: 'string', default: '1600x1000' },
    'view-only': { type: 'boolean', default: false },
  },
});
const [file, picture] = positionals;
if (file === undefined || picture === undefined || !(values.theme in themes)) {
  process.stderr.write('usage: npm run screenshot -- FILE OUT.png [--theme dark|light|hc-dark|hc-light] …\n');
  process.exit(2);
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'vgnet-screenshot-'));
await writeSettings(folder, { ...steadySettings, 'workbench.colorTheme': themes[values.theme as ThemeName] });
await linkExtension(folder, root);
const server = await launchCodeServer({ folder });
try {
  const browser = await launchBrowser();
  await takePicture(browser, path.resolve(file), path.resolve(picture));
  await browser.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function takePicture(browser: Browser, source: string, target: string): Promise<void> {
  const [width, height] = values.size.split('x').map(Number) as [number, number];
  const workbench = await Workbench.open(browser, {
    server,
    folder: path.dirname(source),
    files: [path.basename(source)],
    size: { width, height },
  });
  workbench.page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`console: ${message.text()}\n`);
  });
  try {
    await act(workbench, workbench.editor(path.basename(source)));
  } finally {
    await (values['view-only']
      ? workbench.page.locator('iframe.webview.ready').screenshot({ path: target })
      : workbench.screenshot(target));
    process.stdout.write(`${target}\n`);
  }
}

/** Does what the flags ask for, in the order of the usage. */
async function act(workbench: Workbench, editor: Editor): Promise<void> {
  await editor.root.waitFor();
  for (const lens of values.click) await editor.clickLens(lens);
  for (const title of values.command) await workbench.runCommand(title);
  if (values.wait !== undefined) {
    const text = new RegExp(values.wait);
    await editor.lens(text).or(workbench.statusItem(text)).first().waitFor();
  }
  const view = workbench.page.locator('iframe.webview');
  if ((await view.count()) > 0) await workbench.view.frame.locator('canvas').first().waitFor();
  if (values.hover !== undefined) await editor.hover(values.hover);
  await pause(Number(values.seconds) * 1000);
}
