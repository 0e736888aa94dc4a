/** What a catalogue entry says about one word of the language: enough for checking, completion, hover, docs and colours. */

/** The type of an argument and, for numbers, what is allowed. */
export type ArgumentType =
  | {
      readonly type: 'integer';
      readonly min: number;
      readonly max: number;
      readonly words?: readonly string[];
    }
  | {
      readonly type: 'number';
      readonly min?: number;
      readonly max?: number;
      /** The bounds themselves are not allowed. */
      readonly exclusive?: boolean;
      /** The largest itself is not allowed. */
      readonly below?: boolean;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'string' }
  | { readonly type: 'path'; readonly extensions: readonly string[] }
  | { readonly type: 'word'; readonly words: readonly string[] }
  /** Sizes joined by `x`, as many as one of `dimensions` says; a single one is written as a plain number. */
  | { readonly type: 'shape'; readonly dimensions: readonly number[]; readonly min?: number }
  | { readonly type: 'label' }
  | { readonly type: 'column' }
  | { readonly type: 'numbers' }
  /** A word or call from another catalogue; `words` where not all of them fit. */
  | CatalogueArgumentType;

/** The catalogues whose words are values. */
export type CatalogueType = 'activation' | 'initialiser' | 'optimizer' | 'schedule' | 'clip' | 'loss';

export interface CatalogueArgumentType {
  readonly type: CatalogueType;
  readonly words?: readonly string[];
}

export interface Argument {
  readonly name: string;
  readonly type: ArgumentType;
  /** Place among the positional arguments; absent for those that are only written by name. */
  readonly position?: number;
  readonly required?: boolean;
  /** The default as it would be written in a file; absent where there is none. */
  readonly default?: string;
  /** One sentence. */
  readonly documentation: string;
}

export interface CatalogueEntry {
  readonly name: string;
  /** Other spellings that mean the same (`he_normal`). */
  readonly aliases?: readonly string[];
  /** One sentence: what it is. */
  readonly summary: string;
  /** In plain Unicode mathematics. */
  readonly formula?: string;
  /** What it does to gradients, in one or two sentences with numbers. */
  readonly gradient?: string;
  /** The paper that it comes from. */
  readonly reference?: { readonly title: string; readonly url: string };
  readonly arguments: readonly Argument[];
  /** A line of a file that uses it. */
  readonly example?: string;
}
