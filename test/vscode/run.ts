/**
 * Runs the tests of this folder inside VS Code and prints how they went: `npm run test:host`.
 *
 *   node test/vscode/run.ts [RESULTS.json]
 */
import path from 'node:path';
import { root } from '../../scripts/paths.ts';
import { report } from './runner/report.ts';
import { runSuite } from './runner/runSuite.ts';

const results = path.resolve(process.argv[2] ?? path.join(root, 'test-output/host.json'));
await runSuite({ tests: 'test/vscode', results });
process.exitCode = report(results).failed === 0 ? 0 : 1;
