/**
 * Everything that must hold, in the order in which it fails fastest; stops at the first stage that fails.
 *
 *   npm test
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packagesForCodeServer } from './code-server/install.ts';
import { explainAndExit } from './failure.ts';
import { generate } from './generate.ts';
import { buildForProduction, pack } from './package.ts';
import { root } from './paths.ts';
import { run } from './run.ts';
import { installSystemPackages } from './systemPackages.ts';

/** The browser that shows VS Code, and a font for its text. */
const browserPackages = ['chromium', 'fonts-dejavu-core'];

/** Runs exported projects. */
const pytorchPackages = ['python3-torch'];

const output = path.join(root, 'test-output');

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const stages: Readonly<Record<string, () => Promise<void>>> = {
  'system packages': () =>
    installSystemPackages([...browserPackages, ...pytorchPackages, ...packagesForCodeServer()]),
  'generated sources': generate,
  'formatting': () => tool('prettier', '--check', '--log-level=warn', '.'),
  'lint': () => tool('oxlint', '--type-aware', '--deny-warnings'),
  'types': async () => {
    for (const project of ['.', 'webview', 'test/e2e', 'bench']) await tool('tsc', '-p', project);
  },
  'dead code': () => tool('knip'),
  'unit tests': () => vitest('unit'),
  'tests of exported projects under PyTorch': () => vitest('pytorch'),
  'tests of the gradient view in a browser': () => vitest('view'),
  'package': async () => {
    await buildForProduction();
    await pack();
  },
  'tests in the extension host': () =>
    run(process.execPath, ['test/vscode/run.ts', resultsOf('host')], { cwd: root }),
  'tests of the packaged extension in VS Code': () => vitest('e2e'),
};

const total = { passed: 0, failed: 0 };
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const [name, stage] of Object.entries(stages)) {
  process.stdout.write(`\n── ${name}\n`);
  await stage().catch((error: unknown) => {
    process.stderr.write(`\nfailed: ${name}\n`);
    printTotal();
    explainAndExit(error);
  });
}
printTotal();

/** Runs a tool of node_modules/.bin, which the bootstrap has put on the PATH. */
function tool(name: string, ...args: string[]): Promise<void> {
  return run(name, args, { cwd: root });
}

function vitest(project: 'unit' | 'pytorch' | 'view' | 'e2e'): Promise<void> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsOf(project)}`];
  return tool('vitest', 'run', '--project', project, ...reporters);
}

function resultsOf(suite: 'unit' | 'pytorch' | 'view' | 'host' | 'e2e'): string {
  return path.join(output, `${suite}.json`);
}

/** The tests that failed at first: a pass for the total, and still to be looked into. */
function printSecondAttempts(): void {
  const { testResults = [] } = read(resultsOf('e2e')) as VitestResults;
  for (const { fullName, status, failureMessages } of testResults.flatMap((file) => file.assertionResults)) {
    if (status !== 'passed' || failureMessages.length === 0) continue;
    process.stdout.write(`\npassed at the second attempt: ${fullName}\n${failureMessages.join('\n')}\n`);
  }
}

/** The plain total over all runners that have left results. */
function printTotal(): void {
  printSecondAttempts();
  for (const file of ['unit', 'pytorch', 'view', 'e2e'] as const) {
    const { numPassedTests = 0, numFailedTests = 0 } = read(resultsOf(file)) as VitestResults;
    add({ passed: numPassedTests, failed: numFailedTests });
  }
  const { stats } = read(resultsOf('host')) as MochaResults;
  if (stats) add({ passed: stats.passes, failed: stats.failures });
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
}

interface VitestResults {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly testResults?: readonly { readonly assertionResults: readonly VitestResult[] }[];
}

interface VitestResult {
  readonly fullName: string;
  readonly status: string;
  /** Of all attempts. */
  readonly failureMessages: readonly string[];
}

interface MochaResults {
  readonly stats?: { readonly passes: number; readonly failures: number };
}

/** What a runner has left, or nothing where it has not run. */
function read(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function add({ passed, failed }: Counts): void {
  total.passed += passed;
  total.failed += failed;
}
