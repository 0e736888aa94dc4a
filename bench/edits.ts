/**
 * What a key costs in a file of 10,000 lines, and what 10 kB of brackets do:
 *
 *     npm run measure:text
 *
 * An edit is what a key does, all over the file: a digit, a letter too many and its removal, a new line and its removal; and
 * what changes everything that follows: the width of the first layer, a setting that all networks share.
 *
 * "Shown" is what stands in the text after a key: Problems, the place of every network's lens, and the colours and hints of
 * the fifty lines in sight, which VS Code asks for within 100 ms. "In a pause" is what it asks for when no other key has followed for 200 ms or more:
 * folding, outline, links; a key that comes then waits for it, so that it has the same limit.
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

const manyNetworks = settings + networks(1000, layer.repeat(lines / 1000 - 4));
const sharedLet = `let width = 16\n${manyNetworks.replaceAll('dense 16', 'dense width')}`;
const flatNetwork = settings + networks(1, layer.repeat(lines - 6));
/** Whatever the first layer gives goes through all others. */
const oneWidth = settings + networks(1, layer + '  activation tanh\n'.repeat(lines - 7));

function networks(count: number, layers: string): string {
  return Array.from(
    { length: count },
    (_, index) => `network n${index} {\n  input 2\n${layers}  dense 1\n}\n`,
  ).join('');
}

/** A text after an edit, and where that was. */
interface Edited {
  readonly text: string;
  readonly at: number;
}

type Editing = (text: string, edit: number) => Edited;

/** Writes `written` in turn in the place of what `pattern` matches, all over the text; the last restores what was there. */
const allOver = (pattern: RegExp, written: readonly string[]): Editing => {
  return (text, edit) => {
    const place = (Math.floor(edit / written.length) * 0.618) % 1;
    const { index, 0: found } = pattern.exec(text.slice(Math.floor(place * (text.length - 1000))))!;
    const at = index + Math.floor(place * (text.length - 1000));
    return { text: text.slice(0, at) + written[edit % written.length] + text.slice(at + found.length), at };
  };
};

/** Writes `written` in turn in the place of the first that `pattern` matches. */
const first = (pattern: RegExp, written: readonly string[]): Editing => {
  return (text, edit) => ({
    text: text.replace(pattern, written[edit % written.length]),
    at: pattern.exec(text)!.index,
  });
};

const keys = allOver(/\n\s*densee? \d+/, [
  '\n  dense 17',
  '\n  densee 17',
  '\n  dense 17',
  '\n\n  dense 17',
  '\n  dense 16',
]);

const cases: readonly (readonly [string, string, Editing])[] = [
  ['1,000 networks', manyNetworks, keys],
  [
    '1,000 networks, in their settings',
    manyNetworks,
    first(/steps = \d+/, ['steps = 11', 'steps = 1', 'steps = 10']),
  ],
  [
    '1,000 networks, in a let of all their layers',
    sharedLet,
    first(/width = \d+/, ['width = 17', 'width = 1', 'width = 16']),
  ],
  ['one flat network', flatNetwork, keys],
  ['one flat network, of all shapes', oneWidth, first(/dense \d+/, ['dense 17', 'dense 1', 'dense 16'])],
];

/**
 * Milliseconds that this thread takes, or a little more: the clock also counts what other programs take of the processor,
 * the time of the process what the collector of garbage and the compiler do on other threads, which holds nobody up.
 */
function timeOf(work: () => void): number {
  const [begin, processor] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(processor);
  return Math.min(performance.now() - begin, (user + system) / 1000);
}

const warmUp = 40;
const edits = 200;

interface Times {
  readonly checked: number[];
  readonly shown: number[];
  readonly paused: number[];
}

function measureEdits(start: string, editing: Editing): Times {
  let file = check(start);
  const times: Times = { checked: [], shown: [], paused: [] };
  for (let edit = -warmUp; edit < edits; edit++) {
    const { text, at } = editing(file.text, edit + warmUp);
    if (text === file.text) throw new Error(`The edit ${edit} changes nothing`);
    const checking = timeOf(() => {
      file = check(text, undefined, file);
    });
    const showing = timeOf(() => show(file, at));
    const pausing = timeOf(() => answerInPause(file));
    if (edit < 0) continue;
    times.checked.push(checking);
    times.shown.push(checking + showing);
    times.paused.push(pausing);
  }
  return times;
}

function show(file: CheckedFile, at: number): void {
  const inSight = { from: at, to: at + 50 * layer.length };
  semanticTokens(file, inSight);
  inlayHints(file, inSight);
  file.networks.map(({ name, header, trainable }) => ({ name, header, trainable }));
}

function answerInPause(file: CheckedFile): void {
  folds(file);
  outline(file);
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
    `${what.padEnd(56)} ${median.toFixed(1).padStart(6)} ${(sorted.at(-1) ?? Number.NaN).toFixed(1).padStart(7)}  ${limits}`,
  );
};

console.log(`${'milliseconds'.padEnd(56)} median   worst  limits`);
for (const [name, text, editing] of cases) {
  const { checked, shown, paused } = measureEdits(text, editing);
  const limits = '16 at the median, 50 at the worst';
  row(`an edit in ${name}: checked`, checked, '');
  row('  and shown', shown, limits);
  row('  in a pause', paused, limits);
}
for (const unit of brackets) {
  const text = unit.repeat(size).slice(0, size);
  for (let round = 0; round < 5; round++) check(text);
  const times = Array.from({ length: 15 }, () => timeOf(() => void check(text)));
  row(`10 kB of ${JSON.stringify(unit)}`, times, '20');
}
