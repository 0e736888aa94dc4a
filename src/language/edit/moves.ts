/** Edits that put statements where they belong, in the layout that is there. */
import type { TextEdit } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';
import { removeStatement } from './removal.ts';
import { indentation, insertBehind, insertInFront, newline } from './statements.ts';

/** Takes a statement to the line behind another one, which may be around it. */
export function moveBehind(text: string, statement: Span, other: Span): TextEdit[] {
  const written = indentedLike(text, statement, other);
  return [removeStatement(text, statement), insertBehind(text, other, written)];
}

/** Takes a statement to the line in front of another one, which may be around it. */
export function moveInFront(text: string, statement: Span, other: Span): TextEdit[] {
  const written = indentedLike(text, statement, other);
  return [insertInFront(text, other, written), removeStatement(text, statement)];
}

/** Takes the braces off a block, so that what is in it follows the statement `owner`, whose own words end at `head`. */
export function unwrapBlock(text: string, owner: Span, head: number, block: Span): TextEdit {
  const inside = text.slice(block.from + 1, block.to - 1);
  const begin = block.from + 1 + inside.search(/\S|$/);
  const inner = { from: begin, to: begin + inside.trim().length };
  const separator = /[\r\n]/.test(text.slice(block.from, begin))
    ? newline(text, begin) + indentation(text, owner.from)
    : '; ';
  const replacement = inside.trim() === '' ? '' : separator + indentedLike(text, inner, owner);
  return { from: head, to: block.to, replacement };
}

/** The text of a span as it stands beside another one: its further lines lose the spaces that its first has more. */
function indentedLike(text: string, span: Span, other: Span): string {
  const surplus = indentation(text, span.from).length - indentation(text, other.from).length;
  const written = text.slice(span.from, span.to);
  return surplus > 0 ? written.replace(new RegExp(`(?<=[\\r\\n])[ \\t]{1,${surplus}}`, 'g'), '') : written;
}
