/** Edits that add lines to a block and put lines into one, in the layout that is there. */
import type { TextEdit } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';

/** Adds a statement behind another one: on a line of its own where that one has its own, behind `;` where it has not. */
export function insertBehind(text: string, { from, to }: Span, statement: string): TextEdit {
  if (!standsAlone(text, { from, to })) return { from: to, to, replacement: `; ${statement}` };
  const end = lineEnd(text, to);
  return { from: end, to: end, replacement: `${newline(text, from)}${indentation(text, from)}${statement}` };
}

/** Puts a statement in front of another one: on a line of its own where that one begins its line, before `;` where it does not. */
export function insertInFront(text: string, { from }: Span, statement: string): TextEdit {
  const first = text.slice(lineStart(text, from), from).trim() === '';
  const separator = first ? newline(text, from) + indentation(text, from) : '; ';
  return { from, to: from, replacement: statement + separator };
}

/** Puts statements that follow each other into a block: `HEAD { … }`, indented by two where they have lines of their own. */
export function wrapStatements(text: string, { from, to }: Span, head: string): TextEdit[] {
  if (!standsAlone(text, { from, to }))
    return [
      { from, to: from, replacement: `${head} { ` },
      { from: to, to, replacement: ' }' },
    ];
  const indent = indentation(text, from);
  const end = lineEnd(text, to);
  const broken = newline(text);
  const inner: TextEdit[] = [];
  for (const { index } of text.slice(from, end).matchAll(/(?<=\n)(?=[^\r\n])/g))
    inner.push({ from: from + index, to: from + index, replacement: '  ' });
  return [
    { from, to: from, replacement: `${head} {${broken}${indent}  ` },
    ...inner,
    { from: end, to: end, replacement: `${broken}${indent}}` },
  ];
}

/** Nothing but spaces before it on its first line, nothing but a comment behind it on its last. */
function standsAlone(text: string, { from, to }: Span): boolean {
  const behind = text.slice(to, lineEnd(text, to)).trim();
  return text.slice(lineStart(text, from), from).trim() === '' && (behind === '' || behind.startsWith('#'));
}

/** Where the line of an offset ends, in front of its break. */
export function lineEnd(text: string, offset: number): number {
  const found = /[\r\n]/.exec(text.slice(offset));
  return found === null ? text.length : offset + found.index;
}

/** The spaces in front of the first word of the line of an offset. */
export function indentation(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** How this text breaks its lines: in front of the offset, or behind it where it is on the first line. */
export function newline(text: string, offset = 0): string {
  const start = lineStart(text, offset);
  return start === 0
    ? (/\r\n|\n|\r/.exec(text)?.[0] ?? '\n')
    : /(\r\n|\n|\r)$/.exec(text.slice(Math.max(0, start - 2), start))![0];
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
