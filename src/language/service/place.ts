/** Where in the language a position of the text is: what completion, signature help and hover start from. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Argument, CatalogueEntry, CatalogueType } from '../catalogue/entry.ts';
import { lineEntry, settingsEntry } from '../catalogue/lookup.ts';
import { findEntry } from '../checking/words.ts';
import type { Span } from '../syntax.ts';
import type { Form } from './markdown.ts';

/** Which block a line stands in. */
export type Surroundings =
  | { readonly in: 'file' }
  /** `outermost`: the network's own block, where settings may stand as well. */
  | { readonly in: 'layers'; readonly outermost: boolean; readonly first: boolean }
  | {
      readonly in: 'settings';
      readonly entry: CatalogueEntry | undefined;
      readonly used: ReadonlySet<string>;
    };

/** The arguments of a line or call around the position. */
export interface ArgumentPlace {
  readonly entry: CatalogueEntry;
  readonly form: Form;
  /** Values by place in front of the position. */
  readonly positional: number;
  /** Arguments that are already there. */
  readonly used: ReadonlySet<string>;
}

export type Place =
  | { readonly type: 'begin'; readonly surroundings: Surroundings }
  /** Behind a label: a layer must follow. */
  | { readonly type: 'layer' }
  | { readonly type: 'data kind' }
  | ({ readonly type: 'argument' } & ArgumentPlace)
  | {
      readonly type: 'value';
      readonly argument: Argument;
      readonly owner: ArgumentPlace | undefined;
      readonly quoted: boolean;
    }
  | { readonly type: 'let value' }
  | { readonly type: 'nothing' };

/** The place of `offset`, and the word under way in front of it, which a completion would replace. */
export interface Located {
  readonly place: Place;
  readonly word: Span;
  readonly node: SyntaxNode;
}

export function locate(text: string, tree: Tree, offset: number): Located {
  const string = stringAt(text, tree, offset);
  const begin = string ? string.from + 1 : wordStart(text, offset);
  const word = { from: begin, to: offset };
  const inner = tree.resolveInner(offset, -1);
  if (inner.name === 'Comment' && offset > inner.from)
    return { place: { type: 'nothing' }, word, node: inner };
  let anchor = string ? string.from : begin;
  const bracketed = enclosing(tree.resolveInner(anchor, -1), ['ArgumentList', 'List'], anchor) !== undefined;
  while (anchor > 0 && isBlank(text[anchor - 1], bracketed)) anchor--;
  const node = tree.resolveInner(anchor, -1);
  return { place: placeAt(text, tree, node, anchor, string !== undefined), word, node };
}

function placeAt(text: string, tree: Tree, node: SyntaxNode, anchor: number, quoted: boolean): Place {
  const list = enclosing(node, ['ArgumentList'], anchor);
  const argument = enclosing(node, ['Argument'], anchor);
  if (argument && (!list || list.from < argument.from)) {
    const waiting = text[anchor - 1] === '=';
    const inList = enclosing(node, ['List'], anchor);
    if (waiting || inList) return valueOf(text, argument, quoted);
  }
  if (list?.parent && (!argument || argument.from <= list.from)) {
    const call = list.parent;
    const entry = entryOfCall(text, call);
    return entry
      ? { type: 'argument', form: 'call', entry, ...itemsBefore(text, list, anchor, 0) }
      : { type: 'nothing' };
  }
  if (text[anchor - 1] === ':' && node.name !== 'Unexpected') return { type: 'layer' };
  const statement = statementBefore(text, node, anchor);
  if (!statement) return { type: 'begin', surroundings: surroundingsOf(text, tree, anchor) };
  return placeInStatement(text, statement, anchor);
}

function placeInStatement(text: string, statement: SyntaxNode, anchor: number): Place {
  switch (statement.name) {
    case 'Let':
      return text[anchor - 1] === '=' ? { type: 'let value' } : { type: 'nothing' };
    case 'Settings': {
      const keyword = statement.firstChild!;
      return keyword.name === 'data' && anchor === keyword.to ? { type: 'data kind' } : { type: 'nothing' };
    }
    case 'Line': {
      const owner = statement.parent?.parent;
      if (owner?.name === 'Settings') return { type: 'nothing' };
      const entry = entryOfLine(text, statement);
      return entry
        ? { type: 'argument', form: 'line', entry, ...itemsBefore(text, statement, anchor, 1) }
        : { type: 'nothing' };
    }
    default:
      return { type: 'nothing' };
  }
}

/** The value behind `NAME =`: of a call, of a layer line, of a setting or of a `let`. */
function valueOf(text: string, argument: SyntaxNode, quoted: boolean): Place {
  const parent = argument.parent;
  if (parent?.name === 'Let') return { type: 'let value' };
  const found = argumentOf(text, argument);
  return found
    ? { type: 'value', argument: found.argument, owner: found.owner, quoted }
    : { type: 'nothing' };
}

/** What an `Argument` node is an argument of. */
export function argumentOf(
  text: string,
  node: SyntaxNode,
): { readonly argument: Argument; readonly owner: ArgumentPlace | undefined } | undefined {
  const parent = node.parent;
  if (!parent || !node.firstChild) return undefined;
  const name = text.slice(node.firstChild.from, node.firstChild.to);
  let entry: CatalogueEntry | undefined;
  let owner: ArgumentPlace | undefined;
  if (parent.name === 'ArgumentList' && parent.parent) {
    entry = entryOfCall(text, parent.parent);
    if (entry) owner = { entry, form: 'call', ...itemsBefore(text, parent, node.from, 0) };
  } else if (parent.name === 'Line') {
    const block = parent.parent?.parent;
    if (block?.name === 'Settings') entry = entryOfSettings(text, block);
    else {
      entry = entryOfLine(text, parent);
      if (entry) owner = { entry, form: 'line', ...itemsBefore(text, parent, node.from, 1) };
    }
  }
  const argument = entry?.arguments.find((candidate) => candidate.name === name);
  return argument && { argument, owner };
}

/** The catalogue's entry of a call, found from what takes it; of a `let`'s, the first that has such a word. */
export function entryOfCall(text: string, call: SyntaxNode): CatalogueEntry | undefined {
  const name = call.name === 'Call' ? call.firstChild : call;
  if (!name) return undefined;
  return entryOfWord(text, name);
}

const catalogueTypes: readonly CatalogueType[] = [
  'activation',
  'initialiser',
  'optimizer',
  'schedule',
  'clip',
  'loss',
];

/** The entry that a value's word names. */
export function entryOfWord(text: string, name: SyntaxNode): CatalogueEntry | undefined {
  const word = text.slice(name.from, name.to);
  const value = name.parent?.name === 'Call' ? name.parent : name;
  const argument =
    value.parent?.name === 'Argument'
      ? argumentOf(text, value.parent)?.argument
      : positionalArgument(text, value);
  const type = argument?.type.type;
  if (type !== undefined) return isCatalogueType(type) ? findEntry(type, word) : undefined;
  if (value.parent?.parent?.name !== 'Let') return undefined;
  return catalogueTypes.map((candidate) => findEntry(candidate, word)).find((entry) => entry !== undefined);
}

export const isCatalogueType = (type: string): type is CatalogueType =>
  (catalogueTypes as readonly string[]).includes(type);

/** The argument that a value by place is. */
export function positionalArgument(text: string, value: SyntaxNode): Argument | undefined {
  const parent = value.parent;
  if (!parent) return undefined;
  const inCall = parent.name === 'ArgumentList';
  const entry = inCall
    ? entryOfCall(text, parent.parent!)
    : parent.name === 'Line'
      ? entryOfLine(text, parent)
      : undefined;
  if (!entry) return undefined;
  const index = itemsBefore(text, parent, value.from, inCall ? 0 : 1).positional;
  return entry.arguments.find(({ position }) => position === index);
}

export function entryOfLine(text: string, line: SyntaxNode): CatalogueEntry | undefined {
  if (line.parent?.parent?.name === 'Settings') return undefined;
  const kind = kindOfLine(line);
  return kind && lineEntry(text.slice(kind.from, kind.to));
}

/** The first word of a line behind its label. */
export function kindOfLine(line: SyntaxNode): SyntaxNode | undefined {
  let node = line.firstChild;
  while (node?.name === 'Label' || node?.name === 'Comment') node = node.nextSibling;
  return node?.name === 'Name' ? node : node?.name === 'Call' ? (node.firstChild ?? undefined) : undefined;
}

export function entryOfSettings(text: string, settings: SyntaxNode): CatalogueEntry | undefined {
  const keyword = settings.firstChild!;
  const kind = keyword.nextSibling?.name === 'Name' ? keyword.nextSibling : undefined;
  return settingsEntry(keyword.name, kind && text.slice(kind.from, kind.to));
}

const values = new Set(['Name', 'Boolean', 'Number', 'Shape', 'String', 'Call', 'List']);

function itemsBefore(
  text: string,
  node: SyntaxNode,
  anchor: number,
  skipped: number,
): Pick<ArgumentPlace, 'positional' | 'used'> {
  let positional = -skipped;
  const used = new Set<string>();
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (values.has(child.name) && child.to <= anchor) positional++;
    if (child.name === 'Argument' && child.firstChild)
      used.add(text.slice(child.firstChild.from, child.firstChild.to));
  }
  return { positional: Math.max(0, positional), used };
}

/** The nearest ancestor of such a name that the anchor is inside of, or behind while it is not closed. */
function enclosing(node: SyntaxNode, names: readonly string[], anchor: number): SyntaxNode | undefined {
  for (let current: SyntaxNode | null = node; current && current.name !== 'Block'; current = current.parent) {
    if (!names.includes(current.name) || current.from >= anchor) continue;
    const closing = current.lastChild?.name;
    if (anchor >= current.to && (closing === ')' || closing === ']')) continue;
    return current;
  }
  return undefined;
}

const statements = new Set(['Line', 'Let', 'Network', 'Settings']);

/** The statement whose line goes on at the anchor; undefined where a new one begins. */
function statementBefore(text: string, node: SyntaxNode, anchor: number): SyntaxNode | undefined {
  if (anchor === 0 || '\n\r{};,'.includes(text[anchor - 1])) return undefined;
  for (let current: SyntaxNode | null = node; current; current = current.parent) {
    if (statements.has(current.name)) return current.to >= anchor ? current : undefined;
  }
  return undefined;
}

function surroundingsOf(text: string, tree: Tree, anchor: number): Surroundings {
  let block: SyntaxNode | null = tree.resolveInner(anchor, -1);
  while (block && !(block.name === 'Block' && isInside(block, anchor))) block = block.parent;
  const owner = block?.parent;
  if (!block || !owner) return { in: 'file' };
  if (owner.name === 'Settings') {
    const used = new Set<string>();
    for (let line = block.firstChild; line; line = line.nextSibling) {
      const name = line.firstChild?.name === 'Argument' ? line.firstChild.firstChild : line.firstChild;
      if (line.name === 'Line' && name && line.to < anchor) used.add(text.slice(name.from, name.to));
    }
    return { in: 'settings', entry: entryOfSettings(text, owner), used };
  }
  const first =
    !['Line', 'Settings'].includes(block.firstChild?.nextSibling?.name ?? '') ||
    block.firstChild!.nextSibling!.from >= anchor;
  return { in: 'layers', outermost: owner.name === 'Network', first };
}

const isInside = (block: SyntaxNode, anchor: number): boolean =>
  block.from < anchor && (anchor < block.to || block.lastChild?.name !== '}');

const isBlank = (character: string, alsoLines: boolean): boolean =>
  character === ' ' || character === '\t' || (alsoLines && (character === '\n' || character === '\r'));

function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /\w/.test(text[start - 1])) start--;
  return start;
}

/** The string that the offset is in, closed or not. */
function stringAt(text: string, tree: Tree, offset: number): Span | undefined {
  const node = tree.resolveInner(offset, -1);
  if (node.name !== 'String' && node.name !== 'UnclosedString') return undefined;
  const closed = node.name === 'String';
  return offset > node.from && (offset < node.to || !closed) && text[node.from] === '"' ? node : undefined;
}
