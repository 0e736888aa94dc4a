/** Makes the suite loadable: VS Code's extension host reads neither TypeScript nor a folder of the checkout's sources. */
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { root } from '../../../scripts/paths.ts';

/** Bundles the suite and each test file of a folder; returns the module that VS Code is to run. */
export async function bundleSuite(folder: string): Promise<string> {
  const outdir = path.join(root, 'test-output', folder);
  rmSync(outdir, { recursive: true, force: true });
  const tests = globSync(`${folder}/*.test.ts`, { cwd: root });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/runner/suite.ts', ...tests].map((file) => ({
      in: file,
      out: path.basename(file, '.ts'),
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'suite.cjs');
}
