import type { SyntaxNode, TreeCursor } from '@lezer/common';
import { shiftLine } from '../incremental/shift.ts';
import type { LayerBlock, LayerLine, Setting, SettingsBlock, Span } from '../syntax.ts';
import { report, type ParseContext } from './context.ts';
import { readLayerLine, readSetting } from './lines.ts';
import { readStatement, readSettingsBlock } from './statements.ts';

/** Where a block hangs: the statement that owns it and what that statement is, for messages. */
export interface BlockOwner extends Span {
  readonly what: string;
}

/** The block at the cursor as lines of layers; what can only stand at the top of a file goes there. */
export function readLayerBlock(context: ParseContext, cursor: TreeCursor, owner: BlockOwner): LayerBlock {
  const { from, to } = cursor;
  const lines: (LayerLine | SettingsBlock)[] = [];
  const known = context.known?.linesIn({ from, to });
  const closed = isClosed(cursor);
  const line = (): 'end' | undefined => {
    const same = known?.at(cursor);
    if (same) {
      const delta = cursor.from - same.from;
      lines.push(shiftLine(same, delta));
      // An unclosed block hands some of what is in it on to the top of the file.
      const rest = closed ? known?.takeRest() : undefined;
      for (const other of rest ?? []) lines.push(shiftLine(other, delta));
      return rest && 'end';
    }
    if (cursor.name === 'Settings') lines.push(readSettingsBlock(context, cursor));
    else lines.push(readLayerLine(context, cursor));
    return undefined;
  };
  walkBlock(context, cursor, owner, line, () => {
    lines.push(...(known?.takeHead() ?? []));
    return lines.at(-1)?.to;
  });
  return { type: 'block', lines, from, to };
}

/** Whether the block at the cursor has its brace. */
const isClosed = ({ node }: TreeCursor): boolean => node.lastChild?.name !== 'MissingClose';

/** The block at the cursor as lines of `NAME = VALUE`. */
export function readSettings(
  context: ParseContext,
  cursor: TreeCursor,
  owner: BlockOwner,
): readonly Setting[] {
  const settings: Setting[] = [];
  walkBlock(context, cursor, owner, () => {
    if (cursor.name === 'Settings') {
      const word = context.text.slice(cursor.from, cursor.to).match(/^\w+/)?.[0];
      report(
        context,
        wordAt(context, cursor),
        `Expected \`NAME = VALUE\`: \`${word}\` cannot stand inside of \`${owner.what}\`.`,
      );
      return undefined;
    }
    const setting = readSetting(context, cursor, owner.what);
    if (setting) settings.push(setting);
    return undefined;
  });
  return settings;
}

/**
 * Calls `line` for each statement of the block at the cursor until it says that this was the end, and sends those that end
 * an unclosed block to the top. Of a closed block `skip` says up to where nothing has to be looked at.
 */
function walkBlock(
  context: ParseContext,
  cursor: TreeCursor,
  owner: BlockOwner,
  line: () => 'end' | undefined,
  skip: () => number | undefined = () => undefined,
): void {
  const opening = { from: cursor.from, to: cursor.from + 1 };
  const end = cursor.to;
  const closed = isClosed(cursor);
  let escaped: Span | undefined;
  const begin = closed ? skip() : undefined;
  if (begin === undefined ? cursor.firstChild() : cursor.childAfter(begin)) {
    const separators = separatorCheck(context, begin);
    do {
      const { name } = cursor;
      if (name === '{' || name === '}' || name === 'MissingClose') continue;
      if (!separators(cursor)) continue;
      if (!closed && !escaped && endsUnclosedBlock(context, cursor, owner))
        escaped = { from: cursor.from, to: cursor.to };
      if (escaped) readStatement(context, cursor);
      else if (name === 'Network' || name === 'Let') {
        reportMisplaced(context, cursor, owner);
        readStatement(context, cursor);
      } else if (line() === 'end') break;
    } while (cursor.nextSibling());
    cursor.parent();
  }
  if (!closed) reportUnclosed(context, { ...owner, opening, end: escaped?.from ?? end }, cursor.node);
}

/**
 * Takes note of `,` and `;` (false), and reports statements (true) that follow one another on one line; `previous` is where
 * one ends that is not looked at.
 */
export function separatorCheck(
  context: ParseContext,
  previous?: number,
): (node: Span & { name: string }) => boolean {
  let end = previous;
  return ({ name, from, to }) => {
    if (name === 'Comment') return false;
    if (name === ',' || name === ';') {
      end = undefined;
      return false;
    }
    if (end !== undefined && name !== 'StrayClose' && !/[\r\n]/.test(context.text.slice(end, from))) {
      const fix = { title: 'Start a new line', edits: [{ from: end, to: from, replacement: '\n' }] };
      report(context, wordAt(context, { from, to }), 'Expected a new line behind `}`.', [fix]);
    }
    end = to;
    return true;
  };
}

/** In a block without its `}`: whether this statement shows that the block was meant to have ended. */
function endsUnclosedBlock(context: ParseContext, node: Span & { name: string }, owner: BlockOwner): boolean {
  if (node.name === 'Network' || node.name === 'Let') return true;
  return node.name === 'Settings' && indentation(context, node.from) <= indentation(context, owner.from);
}

/** Column of the first word on the line of `at`; Infinity where `at` is not that word. */
function indentation(context: ParseContext, at: number): number {
  const before = context.text.slice(0, at);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const lead = before.slice(lineStart);
  return /^[\s\ufeff]*$/.test(lead) ? lead.length : Infinity;
}

function reportMisplaced(context: ParseContext, cursor: TreeCursor, owner: BlockOwner): void {
  const word = cursor.name === 'Let' ? 'let' : 'network';
  report(
    context,
    wordAt(context, cursor),
    `\`${word}\` stands at the top of a file, not inside of \`${owner.what}\`.`,
  );
}

/** Says which block has no end: by the braces this one, by the indentation perhaps one inside of it. */
function reportUnclosed(context: ParseContext, block: UnclosedBlock, node: SyntaxNode): void {
  const inner = dedentedBlock(context, node);
  const { opening, end, what } = inner ?? block;
  const written = context.text.slice(0, end).trimEnd().length;
  const indent = inner ? ' '.repeat(indentation(context, inner.from)) : '';
  const fix = { title: 'Insert `}`', edits: [{ from: written, to: written, replacement: `\n${indent}}` }] };
  const message = `The block of \`${what}\` is never closed: expected \`}\`.`;
  report(context, opening, message, [fix], 'unclosed');
}

interface UnclosedBlock extends BlockOwner {
  readonly opening: Span;
  /** Where the block probably ends. */
  readonly end: number;
}

/** A block inside of `node` whose lines and closing brace are indented less than the line that opens it: it lacks its own. */
function dedentedBlock(context: ParseContext, node: SyntaxNode): UnclosedBlock | undefined {
  for (const block of node.getChildren('Line').flatMap((line) => line.getChildren('Block'))) {
    const owner = block.parent!;
    const column = indentation(context, owner.from);
    if (column === Infinity || indentation(context, block.to - 1) >= column) continue;
    const inner = dedentedBlock(context, block);
    if (inner) return inner;
    let child = block.firstChild?.nextSibling ?? null;
    while (
      child &&
      indentation(context, child.from) !== Infinity &&
      indentation(context, child.from) > column
    )
      child = child.nextSibling;
    const what = wordAt(context, owner.getChild('Name') ?? owner);
    return {
      from: owner.from,
      to: owner.to,
      what: context.text.slice(what.from, what.to),
      opening: { from: block.from, to: block.from + 1 },
      end: child?.from ?? block.to - 1,
    };
  }
  return undefined;
}

/** The first word of a node: enough to point at a whole statement. */
export function wordAt(context: ParseContext, { from, to }: Span): Span {
  const word = /^\w+/.exec(context.text.slice(from, Math.min(to, from + 200)));
  return { from, to: from + (word?.[0].length ?? 1) };
}
