/**
 * Runs the tests of this folder inside VS Code: on the desktop where there is one, in code-server where not.
 *
 *   node test/vscode/run.ts [RESULTS.json]
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { desktopCode } from '../../scripts/desktop.ts';
import { root } from '../../scripts/paths.ts';
import { bundleSuite } from './runner/bundle.ts';
import { runInCodeServer } from './runner/inCodeServer.ts';
import { runOnDesktop } from './runner/onDesktop.ts';
import { report } from './runner/report.ts';

export interface SuiteRun {
  /** The module that VS Code runs. */
  readonly suite: string;
  /** The checkout whose extension is tested. */
  readonly extension: string;
  /** The folder that is open meanwhile: a copy of the examples. */
  readonly workspace: string;
  /** Everything that VS Code writes goes below this folder. */
  readonly folder: string;
  /** Set in the extension host. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds until a suite that does not end counts as stuck. */
  readonly limit: number;
}

const results = path.resolve(process.argv[2] ?? path.join(root, 'test-output/vscode.json'));
mkdirSync(path.dirname(results), { recursive: true });
rmSync(results, { force: true });

const folder = mkdtempSync(path.join(os.tmpdir(), 'vgnet-host-'));
const workspace = path.join(folder, 'examples');
await cp(path.join(root, 'examples'), workspace, { recursive: true });
const suiteRun: SuiteRun = {
  suite: await bundleSuite(),
  extension: root,
  workspace,
  folder,
  environment: { VGNET_TEST_RESULTS: results },
  limit: 300_000,
};
const desktop = desktopCode();
// With failed tests VS Code itself ends badly; where there are results, they tell more.
const trouble = await (desktop ? runOnDesktop(desktop.executable, suiteRun) : runInCodeServer(suiteRun)).then(
  () => undefined,
  (error: Error) => error,
);
if (!existsSync(results)) throw trouble ?? new Error(`No results; what VS Code wrote is in ${folder}`);
const { failed } = report(results);
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
