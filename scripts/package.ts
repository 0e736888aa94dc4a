/** Builds the extension as it is published, and packs it: `npm run package`. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { packagedExtension, root } from './paths.ts';
import { run } from './run.ts';

/** Fills dist/ with the minified bundles. */
export async function buildForProduction(): Promise<void> {
  await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
}

export interface PackOptions {
  /** The extension's folder; this checkout where none is given. */
  readonly from?: string;
  /** The file that it becomes; `dist/vgnet.vsix` where none is given. */
  readonly to?: string;
  readonly output?: 'always' | 'on failure';
}

/** Packs what dist/ and the manifest hold; everything is bundled, so no package goes along. */
export async function pack({
  from = root,
  to = packagedExtension,
  output = 'always',
}: PackOptions = {}): Promise<void> {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [vsce, 'package', '--no-dependencies'];
  await run(process.execPath, [...args, '--out', to], { cwd: from, output });
}

/** Stands for the content of everything that is packed. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(['dist/**', 'media/**', 'data/**', 'package*.json', '*.md', 'LICENSE'], {
    cwd: root,
  });
  for (const file of files.sort()) {
    const place = path.join(root, file);
    if (place !== packagedExtension && statSync(place).isFile())
      hash.update(file).update(readFileSync(place));
  }
  return hash.digest('hex');
}

if (import.meta.main) {
  await buildForProduction();
  await pack();
}
