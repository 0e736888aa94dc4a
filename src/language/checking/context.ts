import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';
import { rules, type RuleId } from '../rules.ts';
import type { Lets } from './lets.ts';

/** What the parts of a check share. */
export interface CheckContext {
  readonly text: string;
  readonly lets: Lets;
  readonly diagnostics: DiagnosticList;
  /** The network that is being checked, where it is one. */
  readonly network?: Span;
  /** 1-based line of an offset. */
  lineOf(offset: number): number;
  /** Whether something within the span could not be read. */
  hasSyntaxError(span: Span): boolean;
}

/** Collects diagnostics; the same finding about the same place is kept once, however many instances run into it. */
export class DiagnosticList {
  readonly all: Diagnostic[] = [];
  /** How often something was found, the same finding each time counted. */
  count = 0;
  private readonly seen = new Set<string>();

  /** Takes over what another list has collected. */
  include(findings: readonly Diagnostic[]): void {
    for (const finding of findings) this.keep(finding);
  }

  /** Files a finding under its rule, with that rule's severity. */
  add(
    rule: RuleId,
    span: Span,
    message: string,
    more: Pick<Diagnostic, 'related' | 'fixes' | 'unnecessary'> = {},
  ): void {
    this.keep({ rule, severity: rules[rule].severity, message, from: span.from, to: span.to, ...more });
  }

  private keep(finding: Diagnostic): void {
    this.count++;
    const { rule, severity, from, to, message } = finding;
    // Advice about instances of one line differs in its numbers alone: the first says enough.
    const key = `${rule} ${from} ${to} ${severity === 'error' ? message : ''}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.all.push(finding);
  }
}

/** Finds lines by offset; `\n`, `\r\n` and `\r` end a line. */
export function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  let last = 0;
  return (offset) => {
    starts ??= lineStarts(text);
    // Most are asked for one after the other.
    for (let line = last; line < last + 3; line++)
      if (offset >= starts[line] && offset < (starts[line + 1] ?? Infinity)) return (last = line) + 1;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    last = low;
    return low + 1;
  };
}

/** Where the lines of a text begin. */
function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
    return starts;
  }
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
