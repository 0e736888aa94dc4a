import type { TreeCursor } from '@lezer/common';
import { report, type ParseContext } from './context.ts';

/**
 * Where a statement's `{` stands on a line of its own, it is a statement by itself in the tree. Reads it as the block of
 * the statement at the cursor, says that it belongs on the same line, and leaves the cursor on it.
 */
export function orphanBlock<Result>(
  context: ParseContext,
  cursor: TreeCursor,
  read: (block: TreeCursor) => Result,
): Result | undefined {
  const block = cursor.node.nextSibling?.firstChild;
  if (block?.name !== 'Block') return undefined;
  const end = cursor.to;
  if (!/^\s*$/.test(context.text.slice(end, block.from))) return undefined;
  cursor.nextSibling();
  cursor.firstChild();
  const fix = { title: 'Move `{` up', edits: [{ from: end, to: block.from, replacement: ' ' }] };
  report(
    context,
    { from: block.from, to: block.from + 1 },
    'Expected `{` on the same line as what it belongs to.',
    [fix],
  );
  const result = read(cursor);
  cursor.parent();
  return result;
}
