/** Writes the parts of docs/language.md that list what the catalogue holds: `node scripts/generateReference.ts`. A test says when it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { fillReference } from '../src/language/reference.ts';
import { root } from './paths.ts';

const page = path.join(root, 'docs/language.md');
const options = await prettier.resolveConfig(page);
const filled = fillReference(readFileSync(page, 'utf8'));
writeFileSync(page, await prettier.format(filled, { ...options, parser: 'markdown' }));
