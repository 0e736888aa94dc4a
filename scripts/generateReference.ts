/** Writes the parts of docs/language.md and README.md that list what the catalogue holds: `npm run docs`. A test says when they are out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { fillReadme, fillReference } from '../src/language/reference.ts';
import { root } from './paths.ts';

const pages = [
  { file: 'docs/language.md', fill: fillReference },
  { file: 'README.md', fill: fillReadme },
];

for (const { file, fill } of pages) {
  const page = path.join(root, file);
  const options = await prettier.resolveConfig(page);
  const filled = fill(readFileSync(page, 'utf8'));
  writeFileSync(page, await prettier.format(filled, { ...options, parser: 'markdown' }));
}
