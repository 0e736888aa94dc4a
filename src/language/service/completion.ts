import type { Span } from '../syntax.ts';

/** What surrounds a file and can be named in it. */
export interface CompletionSurroundings {
  /** Paths of files, relative to this one, with `/`. */
  readonly paths?: readonly string[];
  /** Column names of a data file of this network, by path as written. */
  readonly columns?: (path: string) => readonly string[] | undefined;
}

export type CompletionKind =
  | 'keyword'
  | 'layer'
  | 'function'
  | 'argument'
  | 'constant'
  | 'variable'
  | 'label'
  | 'path'
  | 'column'
  | 'data'
  | 'snippet';

/** One proposal. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What is written in the place of `replace`; a snippet where `snippet` says so (`${1:16}`). */
  readonly insert: string;
  readonly snippet: boolean;
  readonly replace: Span;
  /** One line beside the label. */
  readonly detail: string;
  readonly markdown: string;
  /** Position in the list. */
  readonly order: number;
  /** More is to be proposed at once behind it. */
  readonly goOn: boolean;
}

/** What is proposed, wherever it is written. */
export type Proposal = Omit<Completion, 'replace' | 'order'>;
