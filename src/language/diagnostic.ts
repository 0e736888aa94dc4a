import type { Span } from './syntax.ts';

export type Severity = 'error' | 'warning' | 'information';

/** One finding about the text. `rule` is the id of an entry in `rules.ts`; its page is `docs/rules/RULE.md`. */
export interface Diagnostic extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Other places that belong to it, such as the first of two equal labels. */
  readonly related?: readonly (Span & { readonly message: string })[];
  /** The text is not needed and may be shown faded. */
  readonly unnecessary?: boolean;
  /** Edits that would resolve it, the most likely first. */
  readonly fixes?: readonly Fix[];
}

/** A minimal edit of the text with the words that offer it. Edits do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit extends Span {
  readonly replacement: string;
}
