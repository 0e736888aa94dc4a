import type { Span } from '../syntax.ts';

/** Whether a part of the text is on more than one line. */
export function hasLineBreak(text: string, { from, to }: Span): boolean {
  return endOfLine(text, from, to) < to;
}

/** Where the line ends that goes on at `from`; not looked for behind `limit`. */
export function endOfLine(text: string, from: number, limit = text.length): number {
  let offset = from;
  while (offset < limit) {
    const code = text.charCodeAt(offset);
    if (code === newline || code === carriageReturn) break;
    offset++;
  }
  return offset;
}

const newline = 10;
const carriageReturn = 13;
