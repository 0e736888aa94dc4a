import type { Span } from '../syntax.ts';
import type { DiagnosticList } from './diagnosticList.ts';
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
