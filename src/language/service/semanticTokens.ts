import { lineEntry, settingsEntry } from '../catalogue/lookup.ts';
import type { CheckedFile } from '../check.ts';
import type { LayerBlock, LayerLine, NamedArgument, Setting, SettingsBlock, Span, Value } from '../syntax.ts';
import { spellings } from './spellings.ts';

/** The kinds of token, by the names that editors know. */
export const tokenTypes = [
  'keyword',
  'class',
  'type',
  'function',
  'variable',
  'property',
  'enumMember',
  'label',
] as const;
export type TokenType = (typeof tokenTypes)[number];

export interface SemanticToken extends Span {
  readonly type: TokenType;
  /** The name is defined here. */
  readonly definition: boolean;
}

/** What the words of the lines in `range` are, as the check found it: a `let` is told from an activation, a label from a layer. */
export function semanticTokens(
  { syntax, lets }: CheckedFile,
  range: Span = syntax,
): readonly SemanticToken[] {
  const isAsked = ({ from, to }: Span): boolean => from <= range.to && to >= range.from;
  const tokens: SemanticToken[] = [];
  const letUses = new Set(lets.flatMap(({ uses }) => uses.map(({ from }) => from)));
  const add = ({ from, to }: Span, type: TokenType, definition = false): void => {
    tokens.push({ from, to, type, definition });
  };
  const value = (node: Value | undefined): void => {
    switch (node?.type) {
      case 'name':
        if (letUses.has(node.from)) add(node, 'variable');
        else if (spellings.has(node.text)) add(node, 'function');
        else add(node, 'enumMember');
        break;
      case 'call':
        add(node.callee, 'function');
        node.positional.forEach(value);
        node.named.forEach(argument);
        break;
      case 'list':
        node.items.forEach(value);
        break;
      default:
    }
  };
  const argument = ({ name, value: given }: NamedArgument | Setting): void => {
    add(name, 'property');
    value(given);
  };
  const settings = (block: SettingsBlock): void => {
    add(block.keyword, 'keyword');
    if (block.kind && settingsEntry('data', block.kind.text)) add(block.kind, 'type');
    block.settings.forEach(argument);
  };
  const line = ({ label, kind, positional, named, block }: LayerLine): void => {
    if (label) add(label, 'label', true);
    const entry = lineEntry(kind.text);
    if (entry) add(kind, entry.name === 'repeat' || entry.name === 'input' ? 'keyword' : 'class');
    positional.forEach((given, index) => {
      const type = entry?.arguments.find(({ position }) => position === index)?.type.type;
      if (type === 'label' && given.type === 'name') add(given, 'label');
      else value(given);
    });
    named.forEach(argument);
    if (block) lines(block);
  };
  const lines = (block: LayerBlock): void => {
    for (const inner of block.lines) {
      if (!isAsked(inner)) continue;
      if (inner.type === 'layer') line(inner);
      else settings(inner);
    }
  };
  for (const statement of syntax.statements) {
    if (!isAsked(statement)) continue;
    if (statement.type === 'let') {
      if (statement.name) add(statement.name, 'variable', true);
      value(statement.value);
    } else if (statement.type === 'network') {
      add(statement.keyword, 'keyword');
      if (statement.name) add(statement.name, 'type', true);
      if (statement.block) lines(statement.block);
    } else settings(statement);
  }
  return tokens.sort((a, b) => a.from - b.from);
}
