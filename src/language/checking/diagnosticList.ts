import type { Diagnostic } from '../diagnostic.ts';
import { rules, type RuleId } from '../rules.ts';
import type { Span } from '../syntax.ts';

/** Collects diagnostics; the same finding about the same place is kept once, however many instances run into it. */
export class DiagnosticList {
  readonly all: Diagnostic[] = [];
  /** How often something was found, the same finding each time counted. */
  count = 0;
  /** Made for the first: most networks have none. */
  private seen: Set<string> | undefined;

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
    this.seen ??= new Set();
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.all.push(finding);
  }
}
