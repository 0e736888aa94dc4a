/** A mistake costs its own statement: what is said of all others stays, but for what follows from that statement. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/language/check.ts';
import { inlayHints } from '../../src/language/service/inlayHints.ts';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import type { RuleId } from '../../src/language/rules.ts';

const folders = ['../../examples/', '../../docs/rules/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** Every example, and every text that shows what a rule finds. */
const sources = folders.flatMap((folder) =>
  readdirSync(folder).flatMap((name): [string, string][] => {
    const text = readFileSync(folder + name, 'utf8');
    if (name.endsWith('.vgnet')) return [[name, text]];
    return [...text.matchAll(/```vgnet\n([\s\S]*?)```/g)].slice(0, 1).map(([, example]) => [name, example]);
  }),
);

/** Unfinished, misspelt, and nothing that can be read. */
const slips: readonly ((line: string) => string)[] = [
  (line) => line.replace(/^(\s*(?:\w+:\s*)?\w+).*/, '$1'),
  (line) => line.replace(/^(\s*(?:\w+:\s*)?\w+)/, '$1e'),
  (line) => line.replace(/\S.*/, '?'),
];

/**
 * What is said of one statement because of another, and goes with that one: two that do not belong together, the shape that
 * arrives, the number of inputs of a unit, the last layer, how many layers there are.
 */
const aboutSeveral: ReadonlySet<string> = new Set<RuleId>([
  'shape',
  'data-shape',
  'loss-shape',
  'duplicate',
  'cancelled-bias',
  'rectifier-initialiser',
  'initialiser-scale',
  'missing-probabilities',
  'missing-input',
  'recursive-let',
]);

const lineOf = (text: string, { from }: Diagnostic): number => text.slice(0, from).split('\n').length - 1;

/** What is found outside of a line, as `LINE RULE`. */
const foundBeside = (text: string, line: number): string[] =>
  check(text)
    .diagnostics.filter((diagnostic) => lineOf(text, diagnostic) !== line)
    .map((diagnostic) => `${lineOf(text, diagnostic)} ${diagnostic.rule}`);

const ruleOf = (found: string): string => found.split(' ')[1];

describe('a slip in any one line', () => {
  test.each(sources)('of %s leaves what is found elsewhere', (_, text) => {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!/^\s*[\w:]+[^{}[\]()#"]*$/.test(line)) continue;
      const isLet = line.startsWith('let ');
      const before = foundBeside(text, index);
      for (const slip of slips) {
        const after = foundBeside(lines.with(index, slip(line)).join('\n'), index);
        const what = `${line} -> ${slip(line)}`;
        const gone = before.filter((found) => !after.includes(found) && !aboutSeveral.has(ruleOf(found)));
        expect({ what, gone }).toEqual({ what, gone: [] });
        // A broken `let` defines no name any more, and uses none.
        const more = after.filter(
          (found) => !before.includes(found) && !(isLet && /^un(known-name|used-let)$/.test(ruleOf(found))),
        );
        expect({ what, more }).toEqual({ what, more: [] });
      }
    }
  });
});

describe('behind a line with a mistake', () => {
  const rest = [
    '  dense 8 sigmoid init=zeros',
    '  dense 100',
    '  batchnorm',
    '  dense 100 tanh init=normal(0, 1)',
    '  dense 1 softmax',
    '  dense 5 sigmoid',
    '}',
    'data moons { split = 1 }',
    'train { loss = bce_with_logits, optimizer = adam(lr=3) }',
  ].join('\n');
  const said = [
    'equal-weights',
    'cancelled-bias',
    'initialiser-scale',
    'single-softmax',
    'sigmoid-before-logits',
    'loss-shape',
    'no-test-samples',
    'learning-rate',
  ];
  const rulesOf = (text: string): string[] => check(text).diagnostics.map(({ rule }) => rule);

  test('all of this is said of what follows', () => {
    expect(rulesOf(`network n {\n  input 2\n  dense 4\n${rest}`).toSorted()).toEqual(said.toSorted());
  });

  test.each(['dense', 'dense relu', 'dense 0', 'densee 4', 'dropout 2', 'dense 4 kernel=3'])(
    '%s, it is as well',
    (line) => {
      const own = rulesOf(
        `network n {\n  input 2\n  ${line}\n  dense 1\n}\ndata moons {}\ntrain { loss = mse }`,
      );
      expect(own.length).toBeGreaterThan(0);
      expect(rulesOf(`network n {\n  input 2\n  ${line}\n${rest}`).toSorted()).toEqual(
        [...said, ...own].toSorted(),
      );
    },
  );

  test.each(['?', 'repeat 0 { dense 4 }', 'flaten', 'conv', 'embedding 9', 'add nothing'])(
    '%s, where not even the number of sizes is known, all but what follows from it',
    (line) => {
      const found = rulesOf(`network n {\n  input 2\n  ${line}\n${rest}`);
      for (const rule of said.filter((each) => each !== 'loss-shape')) expect(found).toContain(rule);
      expect(found).not.toContain('shape');
    },
  );

  test('nothing is said of shapes that are a guess', () => {
    const text = 'network n {\n  input 2\n  dense\n  activation softmax\n  dense 4\n  dense 5\n}';
    const file = check(text);
    expect(
      inlayHints(file, { from: 0, to: text.length }).map(
        ({ at, label }) => `${text.slice(0, at).split('\n').length} ${label}`,
      ),
    ).toEqual(['6 → 5 · 25 parameters']);
  });
});
