/**
 * Processor time between an edit in a file of 10,000 lines and everything that an editor shows of it, and for 10 kB of
 * brackets:
 *
 *     npm run measure:text
 *
 * An edit is what a key does: a digit, a letter too many, a new line, all over the file. After it come the check and what
 * VS Code asks for: colours and hints of the fifty lines in sight, outline, folding, links.
 */
import { check, type CheckedFile } from '../src/language/check.ts';
import { inlayHints } from '../src/language/service/inlayHints.ts';
import { links } from '../src/language/service/links.ts';
import { outline } from '../src/language/service/outline.ts';
import { folds } from '../src/language/service/ranges.ts';
import { semanticTokens } from '../src/language/service/semanticTokens.ts';

const settings = 'data moons { samples = 100 }\ntrain { loss = bce_with_logits, steps = 10 }\n';
const layer = '  dense 16 relu init=kaiming_normal\n';
const lines = 10_000;

const files: Readonly<Record<string, string>> = {
  '1,000 networks': settings + networks(1000, lines / 1000 - 4),
  'one flat network': settings + networks(1, lines - 6),
};

function networks(count: number, layers: number): string {
  return Array.from(
    { length: count },
    (_, index) => `network n${index} {\n  input 2\n${layer.repeat(layers)}  dense 1\n}\n`,
  ).join('');
}

/** Milliseconds of this process, its collector of garbage and compiler included. */
function processorTime(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** What the next edit writes in the place of `dense 16`, in turn; the last undoes what came before. */
const written = ['dense 17', 'densee 16', '\n  dense 16', 'dense 16'];
const warmUp = 40;
const edits = 200;

function measureEdits(start: string): { checked: number[]; all: number[] } {
  let file = check(start);
  const checked: number[] = [];
  const all: number[] = [];
  for (let edit = -warmUp; edit < edits; edit++) {
    const text = edited(file.text, Math.abs(edit));
    const checking = processorTime(() => {
      file = check(text.all, undefined, file);
    });
    const showing = processorTime(() => show(file, text.at));
    if (edit < 0) continue;
    checked.push(checking);
    all.push(checking + showing);
  }
  return { checked, all };
}

/** The text after an edit, somewhere; each group of `written` is in one place. */
function edited(text: string, edit: number): { all: string; at: number } {
  const place = (Math.floor(edit / written.length) * 0.618) % 1;
  const at = text.indexOf('dense', Math.floor(place * (text.length - layer.length * 4)));
  const end = at + /^\w+ \d+/.exec(text.slice(at, at + 20))![0].length;
  return { all: text.slice(0, at) + written[edit % written.length] + text.slice(end), at };
}

function show(file: CheckedFile, at: number): void {
  const inSight = { from: at, to: at + 50 * layer.length };
  semanticTokens(file, inSight);
  inlayHints(file, inSight);
  outline(file);
  folds(file);
  links(file);
}

const size = 10_000;
const brackets = [
  '[',
  '(',
  '{',
  '}',
  ']',
  '[]',
  '{}',
  '()',
  '[(',
  '{[(',
  '[[]',
  '(\n',
  '{\n',
  '}\n',
  '[{()}]',
];

const row = (what: string, times: readonly number[], limits: string): void => {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  console.log(
    `${what.padEnd(44)} ${median.toFixed(1).padStart(6)} ${(sorted.at(-1) ?? Number.NaN).toFixed(1).padStart(7)}  ${limits}`,
  );
};

console.log(`${'milliseconds of the processor'.padEnd(44)} median   worst  limits`);
for (const [name, text] of Object.entries(files)) {
  const { checked, all } = measureEdits(text);
  row(`an edit in ${name}: parsed and checked`, checked, '');
  row(`an edit in ${name}: shown as well`, all, '16 at the median, 50 at the worst');
}
for (const unit of brackets) {
  const text = unit.repeat(size).slice(0, size);
  for (let round = 0; round < 5; round++) check(text);
  const times = Array.from({ length: 15 }, () => processorTime(() => void check(text)));
  row(`10 kB of ${JSON.stringify(unit)}`, times, '20');
}
