// Compiles the grammar to parser.generated.ts and the ids of its terms, which tokens.ts needs, beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildParserFile } from '@lezer/generator';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'src/language');

/** Compiles `vgnet.grammar`; throws with the generator's words where it is ambiguous or wrong. */
export function generateParser() {
  const { parser, terms } = buildParserFile(readFileSync(path.join(folder, 'vgnet.grammar'), 'utf8'), {
    fileName: 'vgnet.grammar',
    typeScript: true,
    warn: (message) => {
      throw new Error(message);
    },
  });
  writeFileSync(path.join(folder, 'parser.generated.ts'), parser);
  writeFileSync(path.join(folder, 'parser.terms.generated.ts'), terms);
  return parser.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`parser: ${generateParser()} characters\n`);
}
