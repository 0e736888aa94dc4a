import type { Span } from '../syntax.ts';

/** A word, a punctuation mark, a string or a comment, as the formatter moves them. */
export interface Token extends Span {
  readonly text: string;
  readonly comment: boolean;
  readonly word: boolean;
  /** 0-based. */
  readonly line: number;
}

const pattern = /#[^\r\n]*|"[^"\r\n]*"?|[{}()[\]=:,;]|[^ \t\v\f\u00a0\ufeff\r\n{}()[\]=:,;"#]+|\r\n|\n|\r/g;

/** The tokens of a text, all spaces left out. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (/^[\r\n]/.test(found)) {
      line++;
      continue;
    }
    const comment = found.startsWith('#');
    const trimmed = comment ? found.trimEnd() : found;
    const word = !comment && !/^[{}()[\]=:,;"]/.test(found);
    tokens.push({ text: trimmed, from: index, to: index + trimmed.length, comment, word, line });
  }
  return tokens;
}
