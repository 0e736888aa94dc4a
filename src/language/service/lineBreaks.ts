import type { Span } from '../syntax.ts';

/** Whether a part of the text is on more than one line. */
export function hasLineBreak(text: string, { from, to }: Span): boolean {
  for (let offset = from; offset < to; offset++) {
    const code = text.charCodeAt(offset);
    if (code === newline || code === carriageReturn) return true;
  }
  return false;
}

const newline = 10;
const carriageReturn = 13;
