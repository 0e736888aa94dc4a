/** Runs the suite in a desktop VS Code. */
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { SuiteRun } from './suiteRun.ts';

/** Ends when the suite has, well or not: its results say which. */
export async function runOnDesktop(
  executable: string,
  { suite, extension, workspace, folder, environment }: SuiteRun,
): Promise<void> {
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: extension,
    extensionTestsPath: suite,
    extensionTestsEnv: { ...environment },
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${path.join(folder, 'user-data')}`,
    ],
  });
}
