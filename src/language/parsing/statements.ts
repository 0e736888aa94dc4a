import type { TreeCursor } from '@lezer/common';
import { nearestWord } from '../nearest.ts';
import type { LetStatement, NetworkStatement, SettingsBlock, Span } from '../syntax.ts';
import { readLayerBlock, readSettings, wordAt } from './blocks.ts';
import { endOf, report, type ParseContext } from './context.ts';
import { readItems, type Items } from './items.ts';
import { orphanBlock } from './orphan.ts';

/** Reads the statement at the cursor as one of the file's. */
export function readStatement(context: ParseContext, cursor: TreeCursor): void {
  switch (cursor.name) {
    case 'Let':
      context.statements.push(readLet(context, cursor));
      break;
    case 'Network': {
      // The place is kept first, since networks found inside its unclosed block follow it.
      const index = context.statements.length;
      const network = readNetwork(context, cursor);
      context.statements.splice(index, 0, network);
      break;
    }
    case 'Settings': {
      const index = context.statements.length;
      const block = readSettingsBlock(context, cursor);
      context.statements.splice(index, 0, block);
      break;
    }
    default:
      reportUnknownStatement(context, cursor);
  }
}

/** Reads what stands behind the keyword at the cursor's first child. The cursor ends on the block or the last item. */
function readRest(context: ParseContext, cursor: TreeCursor): Items & { block: boolean } {
  const begin = cursor.to;
  if (cursor.nextSibling()) return readItems(context, cursor, begin);
  return { label: undefined, positional: [], named: [], broken: false, end: begin, block: false };
}

function readLet(context: ParseContext, cursor: TreeCursor): LetStatement {
  const { from, to } = cursor;
  cursor.firstChild();
  const keyword = { from: cursor.from, to: cursor.to };
  const items = readRest(context, cursor);
  cursor.parent();
  const [argument] = items.named;
  const [first, second] = items.positional;
  if (argument && !items.broken && (first || items.named.length > 1 || items.block || items.label)) {
    const surplus = [first, items.named[1], items.label].find((item) => item !== undefined);
    report(context, surplus ?? endOf({ from, to }), 'Expected the end of the line: `let NAME = VALUE`.');
  }
  if (argument) return { type: 'let', name: argument.name, value: argument.value, from, to };
  const name = first?.type === 'name' ? first : undefined;
  if (!items.broken) {
    const insertion = name && second && { from: name.to, to: second.from, replacement: ' = ' };
    const fixes = insertion ? [{ title: 'Insert `=`', edits: [insertion] }] : [];
    report(
      context,
      second ?? endOf(name ?? keyword),
      'Expected `NAME = VALUE` behind `let`, as in `let width = 16`.',
      fixes,
    );
  }
  return { type: 'let', name, value: name && second, from, to };
}

function readNetwork(context: ParseContext, cursor: TreeCursor): NetworkStatement {
  const { from, to } = cursor;
  cursor.firstChild();
  const keyword = { from: cursor.from, to: cursor.to };
  const items = readRest(context, cursor);
  const [first, surplus] = items.positional;
  const name = first?.type === 'name' ? first : undefined;
  if (!items.broken) {
    const wrong = (name ? surplus : first) ?? items.named[0] ?? items.label;
    if (!name)
      report(context, wrong ?? keyword, 'Expected a name behind `network`, as in `network deep { … }`.');
    else if (wrong) report(context, wrong, 'Expected `{` behind the name of the network.');
  }
  const owner = { from, to, what: name ? `network ${name.text}` : 'network' };
  let block = items.block ? readLayerBlock(context, cursor, owner) : undefined;
  cursor.parent();
  block ??= orphanBlock(context, cursor, (inner) => readLayerBlock(context, inner, owner));
  if (!block && name && !items.broken)
    report(
      context,
      endOf(name),
      `Expected \`{\` behind \`network ${name.text}\`: its layers stand in \`{ … }\`.`,
    );
  return { type: 'network', keyword, name, block, from, to: block?.to ?? to };
}

/** `data KIND { … }`, `train { … }` or `analyze { … }` at the cursor. */
export function readSettingsBlock(context: ParseContext, cursor: TreeCursor): SettingsBlock {
  const { from, to } = cursor;
  cursor.firstChild();
  const type = cursor.name as 'data' | 'train' | 'analyze';
  const keyword = { from: cursor.from, to: cursor.to };
  const items = readRest(context, cursor);
  const [first, second] = items.positional;
  const kind = type === 'data' && first?.type === 'name' ? first : undefined;
  if (!items.broken) {
    const wrong = (kind ? second : first) ?? items.named[0] ?? items.label;
    if (type === 'data' && !kind)
      report(context, wrong ?? keyword, 'Expected a kind of data behind `data`, as in `data moons { … }`.');
    else if (wrong) report(context, wrong, `Expected \`{\` behind \`${kind ? `data ${kind.text}` : type}\`.`);
  }
  const what = kind ? `data ${kind.text}` : type;
  const owner = { from, to, what };
  let settings = items.block ? readSettings(context, cursor, owner) : undefined;
  let end = to;
  cursor.parent();
  if (!settings) {
    settings = orphanBlock(context, cursor, (inner) => readSettings(context, inner, owner));
    if (settings) end = cursor.to;
  }
  if (!settings && !items.broken)
    report(
      context,
      endOf(kind ?? keyword),
      `Expected \`{\` behind \`${what}\`: its settings stand in \`{ … }\`.`,
    );
  return { type, keyword, kind, settings: settings ?? [], from, to: end };
}

const statementWords = '`let`, `network`, `data`, `train` or `analyze`';

function reportUnknownStatement(context: ParseContext, cursor: TreeCursor): void {
  const place: Span = wordAt(context, cursor);
  if (cursor.name === 'StrayClose') {
    const fix = { title: 'Remove `}`', edits: [{ from: place.from, to: place.to, replacement: '' }] };
    report(context, place, '`}` closes nothing here.', [fix]);
    return;
  }
  const word = context.text.slice(place.from, place.to);
  const nearest = nearestWord(word, ['let', 'network', 'data', 'train', 'analyze']);
  const meant =
    nearest === undefined
      ? '; a layer stands inside of `network NAME { … }`.'
      : `. Did you mean \`${nearest}\`?`;
  const edits = [{ from: place.from, to: place.to, replacement: nearest ?? word }];
  const fixes = nearest === undefined ? [] : [{ title: `Change to \`${nearest}\``, edits }];
  report(context, place, `Expected ${statementWords}${meant}`, fixes);
}
