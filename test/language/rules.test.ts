import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { rules, type RuleId } from '../../src/language/rules.ts';

const folder = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
const pages = readdirSync(folder);

/** What only a run can find, and what is being built. */
const withoutExample: ReadonlySet<string> = new Set<RuleId>([
  'data-file',
  'data-format',
  'data-column',
  'data-values',
  'weights-file',
  'memory-limit',
  'not-built-yet',
]);

test('every rule has a page and every page a rule', () => {
  expect(pages.toSorted()).toEqual(
    Object.keys(rules)
      .map((rule) => `${rule}.md`)
      .sort(),
  );
});

describe('the page of', () => {
  test.each(Object.keys(rules).filter((rule) => !withoutExample.has(rule)))(
    '%s shows it and its remedy',
    (rule) => {
      const page = readFileSync(`${folder}${rule}.md`, 'utf8');
      const examples = [...page.matchAll(/```vgnet\n([\s\S]*?)```/g)].map(([, example]) => example);
      expect(examples).toHaveLength(2);
      const found = (text: string): string[] => [
        ...new Set(check(text).diagnostics.map((diagnostic) => diagnostic.rule)),
      ];
      expect(found(examples[0])).toEqual([rule]);
      expect(found(examples[1])).toEqual([]);
    },
  );
});
