import type { TreeCursor } from '@lezer/common';
import type { CallValue, ListValue, Name, NamedArgument, Span, Value } from '../syntax.ts';
import { endOf, report, type ParseContext } from './context.ts';
import { reportDecimalComma } from './decimalComma.ts';
import { reportUnexpected } from './unexpected.ts';

/** A bracket's contents: values by place and `NAME = VALUE`, as written. */
interface BracketContents {
  readonly positional: readonly Value[];
  readonly named: readonly NamedArgument[];
}

export function readName(context: ParseContext, { from, to }: Span): Name {
  return { type: 'name', text: context.text.slice(from, to), from, to };
}

/** The value at the cursor, which comes back to where it was; undefined where the node is not a value. */
export function readValue(context: ParseContext, cursor: TreeCursor): Value | undefined {
  const { from, to } = cursor;
  switch (cursor.name) {
    case 'Name':
      return readName(context, { from, to });
    case 'Number': {
      const value = Number(context.text.slice(from, to));
      if (!Number.isFinite(value))
        report(context, { from, to }, 'This number is too large: the largest is about `1.8e308`.');
      return { type: 'number', value, from, to };
    }
    case 'Shape':
      return { type: 'shape', sizes: context.text.slice(from, to).split('x').map(Number), from, to };
    case 'String':
      return { type: 'string', value: context.text.slice(from + 1, to - 1), from, to };
    case 'Boolean':
      return { type: 'boolean', value: context.text[from] === 't', from, to };
    case 'Call':
      return readCall(context, cursor);
    case 'List':
      return readList(context, cursor);
    default:
      return undefined;
  }
}

/** `NAME = VALUE`; reports a missing value. */
export function readArgument(context: ParseContext, cursor: TreeCursor): NamedArgument {
  const { from, to } = cursor;
  cursor.firstChild();
  const name = readName(context, cursor);
  let value: Value | undefined;
  while (cursor.nextSibling()) value = readValue(context, cursor) ?? value;
  cursor.parent();
  if (!value && !followedByUnexpected(context, to))
    report(context, endOf({ from, to }), `Expected a value behind \`${name.text} =\`.`);
  return { type: 'named-argument', name, value, from, to };
}

/** Whether something malformed stands where the value should: it has a message of its own. */
function followedByUnexpected(context: ParseContext, at: number): boolean {
  return /^[ \t]*[^\s,;{}#)\]]/.test(context.text.slice(at, at + 64));
}

function readCall(context: ParseContext, cursor: TreeCursor): CallValue {
  const { from, to } = cursor;
  cursor.firstChild();
  const callee = readName(context, cursor);
  // A comment may stand between.
  while (cursor.nextSibling() && cursor.name !== 'ArgumentList');
  const contents = readContents(context, cursor, ')');
  cursor.parent();
  return { type: 'call', callee, ...contents, from, to };
}

function readList(context: ParseContext, cursor: TreeCursor): ListValue {
  const { from, to } = cursor;
  const { positional, named } = readContents(context, cursor, ']');
  const [misplaced] = named;
  if (misplaced)
    report(
      context,
      misplaced,
      'A list holds values alone: `NAME = VALUE` stands in `( )`, as in `sgd(lr=0.1)`.',
    );
  return { type: 'list', items: positional, from, to };
}

/** What stands between the brackets of the node at the cursor, with the commas between checked. */
function readContents(context: ParseContext, cursor: TreeCursor, closing: ')' | ']'): BracketContents {
  const positional: Value[] = [];
  const named: NamedArgument[] = [];
  const bracket = { from: cursor.from, to: cursor.from + 1 };
  const end = cursor.to;
  let closed = false;
  let separated = true;
  let lastEnd = bracket.to;
  if (cursor.firstChild()) {
    do {
      const { name, from, to } = cursor;
      if (name === 'Comment') continue;
      if (name === closing) {
        closed = true;
      } else if (name === ',') {
        if (separated) report(context, { from, to }, 'Expected a value before `,`.');
        separated = true;
      } else if (name === 'Unexpected') {
        reportUnexpected(context, cursor);
        separated = false;
      } else {
        if (!separated) {
          const replacement = lastEnd === from ? ', ' : ',';
          const fix = { title: 'Insert `,`', edits: [{ from: lastEnd, to: lastEnd, replacement }] };
          report(context, { from, to }, 'Expected `,` between two values.', [fix]);
        }
        separated = false;
        if (name === 'Argument') {
          named.push(readArgument(context, cursor));
        } else {
          const value = readValue(context, cursor);
          const isBehindNames = value !== undefined && named.length > 0;
          const isFraction = isBehindNames && reportDecimalComma(context, value);
          if (isBehindNames && !isFraction)
            report(context, value, 'Values without a name come before those with one.');
          if (value && !isFraction) positional.push(value);
        }
      }
      lastEnd = to;
    } while (cursor.nextSibling());
    cursor.parent();
  }
  if (!closed) {
    const fix = { title: `Insert \`${closing}\``, edits: [{ from: end, to: end, replacement: closing }] };
    const opening = closing === ')' ? '(' : '[';
    const message = `\`${opening}\` is never closed: expected \`${closing}\` before the end of the line.`;
    report(context, bracket, message, [fix], 'unclosed');
  }
  return { positional, named };
}
