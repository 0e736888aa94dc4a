import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileTests } from '@lezer/generator/test';
import { describe, test } from 'vitest';
import { parser } from '../../src/language/parser.generated.ts';

const folder = fileURLToPath(new URL('../grammar/', import.meta.url));

for (const file of readdirSync(folder)) {
  describe(file, () => {
    for (const { name, run } of fileTests(readFileSync(folder + file, 'utf8'), file, () => false)) {
      test(name, () => run(parser));
    }
  });
}
