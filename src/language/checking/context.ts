import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';
import { rules, type RuleId } from '../rules.ts';
import type { Lets } from './lets.ts';

/** What the parts of a check share. */
export interface CheckContext {
  readonly text: string;
  readonly lets: Lets;
  readonly diagnostics: DiagnosticList;
  /** 1-based line of an offset. */
  lineOf(offset: number): number;
  /** Whether something within the span could not be read. */
  hasSyntaxError(span: Span): boolean;
}

/** Collects diagnostics; the same finding about the same place is kept once, however many instances run into it. */
export class DiagnosticList {
  readonly all: Diagnostic[] = [];
  private readonly seen = new Set<string>();

  /** Files a finding under its rule, with that rule's severity. */
  add(
    rule: RuleId,
    span: Span,
    message: string,
    more: Pick<Diagnostic, 'related' | 'fixes' | 'unnecessary'> = {},
  ): void {
    // Advice about instances of one line differs in its numbers alone: the first says enough.
    const { severity } = rules[rule];
    const key = `${rule} ${span.from} ${span.to} ${severity === 'error' ? message : ''}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.all.push({ rule, severity, message, from: span.from, to: span.to, ...more });
  }
}

/** Finds lines by offset; `\n`, `\r\n` and `\r` end a line. */
export function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
