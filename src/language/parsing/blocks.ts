import type { TreeCursor } from '@lezer/common';
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
  walkBlock(context, cursor, owner, () => {
    if (cursor.name === 'Settings') lines.push(readSettingsBlock(context, cursor));
    else {
      const line = readLayerLine(context, cursor);
      if (line) lines.push(line);
    }
  });
  return { type: 'block', lines, from, to };
}

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
      return;
    }
    const setting = readSetting(context, cursor, owner.what);
    if (setting) settings.push(setting);
  });
  return settings;
}

/** Calls `line` for each statement of the block at the cursor, and sends those that end an unclosed block to the top. */
function walkBlock(context: ParseContext, cursor: TreeCursor, owner: BlockOwner, line: () => void): void {
  const opening = { from: cursor.from, to: cursor.from + 1 };
  const end = cursor.to;
  const closed = cursor.node.lastChild?.name !== 'MissingClose';
  let escaped: Span | undefined;
  if (cursor.firstChild()) {
    const separators = separatorCheck(context);
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
      } else line();
    } while (cursor.nextSibling());
    cursor.parent();
  }
  if (!closed) reportUnclosed(context, opening, escaped?.from ?? end, owner);
}

/** Takes note of `,` and `;` (false), and reports statements (true) that follow one another on one line. */
export function separatorCheck(context: ParseContext): (node: Span & { name: string }) => boolean {
  let previous: number | undefined;
  return ({ name, from, to }) => {
    if (name === 'Comment') return false;
    if (name === ',' || name === ';') {
      previous = undefined;
      return false;
    }
    if (previous !== undefined && !/[\r\n]/.test(context.text.slice(previous, from))) {
      const fix = { title: 'Start a new line', edits: [{ from: previous, to: from, replacement: '\n' }] };
      report(context, wordAt(context, { from, to }), 'Expected a new line behind `}`.', [fix]);
    }
    previous = to;
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

function reportUnclosed(context: ParseContext, opening: Span, end: number, owner: BlockOwner): void {
  const written = context.text.slice(0, end).trimEnd().length;
  const fix = { title: 'Insert `}`', edits: [{ from: written, to: written, replacement: '\n}' }] };
  const message = `The block of \`${owner.what}\` is never closed: expected \`}\`.`;
  report(context, opening, message, [fix], 'unclosed');
}

/** The first word of a node: enough to point at a whole statement. */
export function wordAt(context: ParseContext, { from, to }: Span): Span {
  const word = /^\w+/.exec(context.text.slice(from, Math.min(to, from + 200)));
  return { from, to: from + (word?.[0].length ?? 1) };
}
