import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { Known } from '../incremental/known.ts';
import type { Span, Statement } from '../syntax.ts';

/** What the builders of the abstract syntax share while they walk over one tree. */
export interface ParseContext {
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  /** The file's statements so far, in order. */
  readonly statements: Statement[];
  /** What an earlier parse has read already. */
  readonly known?: Known | undefined;
}

/** Reports a mistake of syntax. `rule` is `syntax`, or `unclosed` for a bracket, block or string without its end. */
export function report(
  context: ParseContext,
  span: Span,
  message: string,
  fixes: readonly Fix[] = [],
  rule: 'syntax' | 'unclosed' = 'syntax',
): void {
  const place = { from: span.from, to: span.to };
  context.diagnostics.push({
    rule,
    severity: 'error',
    message,
    ...place,
    ...(fixes.length > 0 && { fixes }),
  });
}

/** The place just behind `span`, where something is missing: its last character, so that it can be seen. */
export function endOf(span: Span): Span {
  return { from: Math.max(span.from, span.to - 1), to: span.to };
}
