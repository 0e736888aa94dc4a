import type { CheckedFile } from '../check.ts';
import { originOf } from '../incremental/shift.ts';
import type { LayerLine, SettingsBlock, Span, Statement } from '../syntax.ts';

/** A part of the file as outline and breadcrumbs show it. */
export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'network' | 'layer' | 'repeat' | 'settings' | 'setting' | 'let';
  readonly span: Span;
  /** The name within it. */
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/** The file's parts, nested as the text nests them. */
export function outline({ syntax, text }: CheckedFile): readonly OutlineItem[] {
  return syntax.statements.flatMap((statement) => statementItem(text, statement) ?? []);
}

function statementItem(text: string, statement: Statement): OutlineItem | undefined {
  const span = { from: statement.from, to: statement.to };
  if (statement.type === 'let') {
    if (!statement.name) return undefined;
    const detail = statement.value ? shorten(text.slice(statement.value.from, statement.value.to)) : '';
    return {
      name: statement.name.text,
      detail,
      kind: 'let',
      span,
      selection: spanOf(statement.name),
      children: [],
    };
  }
  if (statement.type !== 'network') return settingsItem(text, statement);
  const selection = spanOf(statement.name ?? statement.keyword);
  const children = (statement.block?.lines ?? []).map((line) =>
    line.type === 'layer' ? lineItem(text, line) : settingsItem(text, line),
  );
  return {
    name: statement.name?.text ?? 'network',
    detail: 'network',
    kind: 'network',
    span,
    selection,
    children,
  };
}

function lineItem(text: string, line: LayerLine): OutlineItem {
  // Values of a line that has moved are not moved for this.
  const { from, label, kind, positional } = originOf(line);
  const delta = line.from - from;
  const { block } = line;
  const values = positional.map((value) => text.slice(value.from + delta, value.to + delta)).join(' ');
  const children = (block?.lines ?? []).flatMap((inner) =>
    inner.type === 'layer' ? [lineItem(text, inner)] : [],
  );
  const name = label ?? kind;
  return {
    name: name.text,
    detail: shorten(label ? `${kind.text} ${values}` : values),
    kind: block ? 'repeat' : 'layer',
    span: spanOf(line),
    selection: { from: name.from + delta, to: name.to + delta },
    children,
  };
}

function settingsItem(text: string, block: SettingsBlock): OutlineItem {
  return {
    name: block.type,
    detail: block.kind?.text ?? '',
    kind: 'settings',
    span: spanOf(block),
    selection: spanOf(block.keyword),
    children: block.settings.map(({ name, value, from, to }) => ({
      name: name.text,
      detail: value ? shorten(text.slice(value.from, value.to)) : '',
      kind: 'setting',
      span: { from, to },
      selection: spanOf(name),
      children: [],
    })),
  };
}

const longest = 60;
const shorten = (text: string): string => {
  const line = text.replaceAll(/\s{2,}|[^\S ]/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};
const spanOf = ({ from, to }: Span): Span => ({ from, to });
