/** Compiles the grammar to parser.generated.ts and the ids of its terms, which tokens.ts needs, beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildParserFile } from '@lezer/generator';
import { root } from './paths.ts';

const folder = path.join(root, 'src/language');

/** Compiles `vgnet.grammar`; throws with the generator's words where it is ambiguous or wrong. */
export function generateParser(): void {
  const { parser, terms } = buildParserFile(readFileSync(path.join(folder, 'vgnet.grammar'), 'utf8'), {
    fileName: 'vgnet.grammar',
    typeScript: true,
    warn: (message) => {
      throw new Error(message);
    },
  });
  writeFileSync(path.join(folder, 'parser.generated.ts'), parser);
  writeFileSync(path.join(folder, 'parser.terms.generated.ts'), terms);
}
