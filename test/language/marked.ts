/** Sources with `«…»` around what a finding is expected at. */
import { check } from '../../src/language/check.ts';
import type { Diagnostic, TextEdit } from '../../src/language/diagnostic.ts';

export interface Marked {
  readonly text: string;
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

/** Takes the marks out and remembers where they were; they may nest. */
export function unmark(source: string): Marked {
  const spans: { from: number; to: number }[] = [];
  const open: { from: number; to: number }[] = [];
  let text = '';
  for (const character of source) {
    if (character === '«') {
      const span = { from: text.length, to: -1 };
      spans.push(span);
      open.push(span);
    } else if (character === '»') {
      const span = open.pop();
      if (!span) throw new Error(`A mark ends that never began: ${source}`);
      span.to = text.length;
    } else text += character;
  }
  return { text, spans };
}

/** The errors as `rule from–to «text»`, in the order of the text; what the engine cannot do yet left out. */
export function findings(text: string): string[] {
  const { diagnostics } = check(text);
  return diagnostics
    .filter(({ rule, severity }) => severity === 'error' && rule !== 'not-built-yet')
    .map((diagnostic) => describeFinding(text, diagnostic));
}

export function describeFinding(text: string, { rule, from, to }: Diagnostic): string {
  return `${rule} ${from}–${to} «${text.slice(from, to)}»`;
}

/** What `findings` should be, from a marked source and the rules in the order of the marks. */
export function expected({ text, spans }: Marked, ruleIds: readonly string[]): string[] {
  if (spans.length !== ruleIds.length)
    throw new Error(`${spans.length} marks and ${ruleIds.length} rules: ${text}`);
  return spans
    .map((span, index) => ({ ...span, rule: ruleIds[index] }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map(({ from, to, rule }) => `${rule} ${from}–${to} «${text.slice(from, to)}»`);
}

/** A file of one network with these lines, on data and with a loss that suit anything. */
export function inNetwork(lines: string, input = 'input 2'): string {
  return `network n {\n${input}\n${lines}\n}\ndata gaussian {}\ntrain { loss = mse }\n`;
}

/** The text after edits that do not overlap. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce(
      (edited, { from, to, replacement }) => edited.slice(0, from) + replacement + edited.slice(to),
      text,
    );
}
