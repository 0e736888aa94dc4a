/** Writes media/vgnet.tmLanguage.json from the catalogue: `node scripts/generateTextMate.ts`. A test says when it is out of date. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { textMateGrammar } from '../src/language/textMate.ts';
import { root } from './paths.ts';

writeFileSync(
  path.join(root, 'media/vgnet.tmLanguage.json'),
  `${JSON.stringify(textMateGrammar(), null, 2)}\n`,
);
