/** Runs a folder of test files inside VS Code: on the desktop where there is one, in code-server where not. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { desktopCode } from '../../../scripts/desktop.ts';
import { root } from '../../../scripts/paths.ts';
import { bundleSuite } from './bundle.ts';
import { runInCodeServer } from './inCodeServer.ts';
import { runOnDesktop } from './onDesktop.ts';
import type { SuiteRun } from './suiteRun.ts';

export interface SuiteOptions {
  /** The folder of the `*.test.ts` files, relative to the checkout. */
  readonly tests: string;
  /** Where mocha's results go. */
  readonly results: string;
}

/** Ends when there are results, good or bad; throws where there are none. */
export async function runSuite({ tests, results }: SuiteOptions): Promise<void> {
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-host-'));
  const workspace = path.join(folder, 'examples');
  await cp(path.join(root, 'examples'), workspace, { recursive: true });
  const suiteRun: SuiteRun = {
    suite: await bundleSuite(tests),
    extension: root,
    workspace,
    folder,
    environment: { VGNET_TEST_RESULTS: results },
    limit: 300_000,
  };
  const desktop = desktopCode();
  // With failed tests VS Code itself ends badly; where there are results, they tell more.
  const trouble = await (
    desktop ? runOnDesktop(desktop.executable, suiteRun) : runInCodeServer(suiteRun)
  ).then(
    () => undefined,
    (error: Error) => error,
  );
  if (!existsSync(results)) throw trouble ?? new Error(`No results; what VS Code wrote is in ${folder}`);
  rmSync(folder, { recursive: true, force: true });
}
