import type { TreeCursor } from '@lezer/common';
import type { Name, NamedArgument, Span, Value } from '../syntax.ts';
import { report, type ParseContext } from './context.ts';
import { reportUnexpected } from './unexpected.ts';
import { readArgument, readName, readValue } from './values.ts';

/** What stands on the line of a statement before its block, sorted by kind but otherwise as written. */
export interface Items {
  readonly label: Name | undefined;
  readonly positional: readonly Value[];
  readonly named: readonly NamedArgument[];
  /** A token that does not belong there was reported. */
  readonly broken: boolean;
  /** End of the last item; the statement's beginning where there is none. */
  readonly end: number;
}

/**
 * Reads the items from the cursor, which stands on the first, up to a block or the statement's end. Afterwards the
 * cursor stands on the block if the result says so. Of several wrong tokens the first alone is reported.
 */
export function readItems(
  context: ParseContext,
  cursor: TreeCursor,
  begin: number,
): Items & { block: boolean } {
  let label: Name | undefined;
  const positional: Value[] = [];
  const named: NamedArgument[] = [];
  let broken = false;
  let end = begin;
  let first = true;
  let block = false;
  do {
    if (cursor.name === 'Block') {
      block = true;
      break;
    }
    if (cursor.name === 'Comment') continue;
    if (cursor.name === 'Label') {
      const name = readLabel(context, cursor);
      if (first) label = name;
      else
        reportOnce(
          context,
          cursor,
          broken,
          'A label stands at the beginning of the line, as in `hidden: dense 16`.',
        );
      broken ||= !first;
    } else if (cursor.name === 'Argument') {
      named.push(readArgument(context, cursor));
    } else if (cursor.name === 'Unexpected') {
      if (!broken) reportUnexpected(context, cursor);
      broken = true;
    } else {
      const value = readValue(context, cursor);
      if (value && named.length > 0 && !broken) {
        report(context, value, 'Values without a name come before those with one.');
        broken = true;
      }
      if (value) positional.push(value);
    }
    end = cursor.to;
    first = false;
  } while (cursor.nextSibling());
  return { label, positional, named, broken, end, block };
}

function readLabel(context: ParseContext, cursor: TreeCursor): Name {
  cursor.firstChild();
  const name = readName(context, cursor);
  cursor.parent();
  return name;
}

function reportOnce(context: ParseContext, span: Span, broken: boolean, message: string): void {
  if (!broken) report(context, span, message);
}
