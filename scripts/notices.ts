/** dist/THIRD-PARTY-NOTICES.txt: the licences of the packages whose code is in the bundles. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { root } from './paths.ts';

/** Writes the notices for what esbuild's metafiles say went in; throws on a package that carries no licence text. */
export function writeNotices(metafiles: readonly Metafile[]): void {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const notices = [...folders].sort().map((folder) => notice(path.join(root, folder)));
  writeFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(78)}\n\n`));
}

function notice(folder: string): string {
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(manifest) as Record<'name' | 'version' | 'license', string>;
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  if (files.length === 0)
    throw new Error(`${name} ${version} is bundled but has no licence file in ${folder}`);
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}
