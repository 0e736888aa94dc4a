/** Edits that take words and statements out of a text. */
import type { TextEdit } from '../diagnostic.ts';
import type { LayerLine, Span } from '../syntax.ts';

/** End of what stands on a layer line in front of its block. */
export function headEnd({ kind, positional, named }: LayerLine): number {
  return Math.max(kind.to, ...positional.map(({ to }) => to), ...named.map(({ to }) => to));
}

/** Takes a word out together with the spaces in front of it. */
export function removeWord(text: string, span: Span): TextEdit {
  let { from } = span;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  return { from, to: span.to, replacement: '' };
}

/**
 * Takes a statement out: with its whole line where nothing else stands there, otherwise with the separator behind it or, of
 * the last one, in front of it.
 */
export function removeStatement(text: string, span: Span): TextEdit {
  let { from, to } = span;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  const rest = /^[ \t]*[;,]?[ \t]*/.exec(text.slice(to))![0];
  const atLineStart = from === 0 || /[\r\n]/.test(text[from - 1]);
  const lineEnd = /^(\r\n|\n|\r)/.exec(text.slice(to + rest.length));
  if (atLineStart && lineEnd) return { from, to: to + rest.length + lineEnd[0].length, replacement: '' };
  const separator = /[ \t]*[;,][ \t]*$/.exec(text.slice(0, span.from));
  if (separator && rest.trim() === '' && /^([}#\r\n]|$)/.test(text.slice(to + rest.length)))
    return { from: separator.index, to, replacement: '' };
  to += rest.length;
  return { from: span.from, to, replacement: '' };
}
