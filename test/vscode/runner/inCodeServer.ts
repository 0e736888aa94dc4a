/** Runs the suite in the extension host of code-server, with a browser as its window. */
import { setTimeout as pause } from 'node:timers/promises';
import { launchCodeServer, writeSettings } from '../../../scripts/code-server/launch.ts';
import { steadySettings } from '../../../scripts/code-server/settings.ts';
import { launchBrowser } from '../../e2e/harness/browser.ts';
import type { SuiteRun } from './suiteRun.ts';

/** Ends when the suite has; throws when it does not within the limit. */
export async function runInCodeServer({ suite, extension, workspace, folder, environment, limit }: SuiteRun) {
  await writeSettings(folder, steadySettings);
  const server = await launchCodeServer({
    folder,
    environment,
    // Lets the page's address name an extension under development and its tests.
    vscodeOptions: ['enable-smoke-test-driver'],
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const ended = new Promise<void>((resolve, reject) => {
        void page.exposeFunction('codeAutomationLog', () => undefined);
        page.exposeFunction('codeAutomationExit', () => resolve()).catch(reject);
      });
      const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
      const payload = JSON.stringify([
        ['extensionDevelopmentPath', remote(extension)],
        ['extensionTestsPath', remote(suite)],
      ]);
      const query = new URLSearchParams({ folder: workspace, payload });
      await page.goto(`${server.address}/?${query.toString()}`);
      const tooLong = pause(limit, undefined, { ref: false }).then(() => {
        throw new Error(`The suite has not ended within ${limit / 1000} s; see ${folder}`);
      });
      await Promise.race([ended, tooLong]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
