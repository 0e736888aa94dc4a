// The build: grammar and kernels become source, sources become the bundles in dist/.
//
//   node esbuild.mjs                what is older than its source generated, then all bundles, with source maps
//   node esbuild.mjs --generate     the generated sources alone: what types, lint and unit tests need
//   node esbuild.mjs --production   minified, without source maps, with the licences of what was bundled
//   node esbuild.mjs --watch        again at every change
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { generate } from './scripts/generate.ts';
import { writeNotices } from './scripts/notices.ts';
import { root } from './scripts/paths.ts';

const { values: flags } = parseArgs({
  options: {
    generate: { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
});

/** What the extension imports only when it needs it is a bundle beside it: VS Code waits for all that is in the first. */
const apart = /** @satisfies {esbuild.Plugin} */ ({
  name: 'what is needed later',
  setup(build) {
    build.onResolve({ filter: /\/inspect\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './inspect.cjs', external: true } : undefined,
    );
  },
});

/** One copy of VS Code's interface for all: otherwise each of thirty files makes its own, of more than 400 properties. */
const oneInterface = /** @satisfies {esbuild.Plugin} */ ({
  name: 'one interface of VS Code',
  setup(build) {
    build.onResolve({ filter: /^vscode$/, namespace: 'file' }, () => ({ path: 'vscode', namespace: 'one' }));
    build.onLoad({ filter: /^vscode$/, namespace: 'one' }, () => ({ contents: "export * from 'vscode';" }));
  },
});

const generatedSources = /** @satisfies {esbuild.Plugin} */ ({
  name: 'generated sources',
  setup(build) {
    build.onStart(generate);
  },
});

const common = /** @satisfies {esbuild.BuildOptions} */ ({
  absWorkingDir: root,
  bundle: true,
  outdir: 'dist',
  minify: flags.production,
  sourcemap: !flags.production,
  metafile: /** @type {const} */ (true),
  legalComments: 'none',
  logLevel: /** @type {esbuild.LogLevel} */ ('warning'),
  logOverride: { 'empty-import-meta': 'error' },
  plugins: [generatedSources],
});

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  {
    // In the extension host: VS Code 1.101 runs Node 22.
    entryPoints: { entry: 'src/entry.ts', extension: 'src/extension.ts' },
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    plugins: [generatedSources, apart, oneInterface],
    // As `require`: CommonJS needs no second way of loading.
    supported: { 'dynamic-import': false },
  },
  {
    entryPoints: { worker: 'src/worker/main.ts', inspect: 'src/engine/data/inspect.ts' },
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
  },
  {
    entryPoints: { cli: 'src/cli/main.ts' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    entryPoints: { webview: 'webview/main.ts' },
    platform: 'browser',
    format: 'iife',
    target: 'chrome130',
    loader: { '.svg': 'dataurl' },
  },
];

if (flags.generate) {
  await generate();
} else if (flags.watch) {
  for (const bundle of bundles)
    await (await esbuild.context({ ...common, ...bundle, logLevel: 'info' })).watch();
} else {
  if (flags.production) rmSync(`${root}/dist`, { recursive: true, force: true });
  // Each bundle by itself, so that one that fails does not hide what is wrong with the others.
  const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build({ ...common, ...bundle })));
  const metafiles = results.flatMap((result) =>
    result.status === 'fulfilled' ? (result.value.metafile ?? []) : [],
  );
  if (metafiles.length < bundles.length) process.exit(1);
  if (flags.production) writeNotices(metafiles);
}
