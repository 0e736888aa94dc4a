import type { CheckedFile } from '../check.ts';
import { originOf } from '../incremental/shift.ts';
import type { LayerBlock, LayerLine, SettingsBlock, Span, Statement } from '../syntax.ts';

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
  const children = (statement.block?.lines ?? []).flatMap((line) =>
    line.type === 'layer' ? lineItem(text, line) : [settingsItem(text, line)],
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

const nothing: readonly OutlineItem[] = [];

/** A line that cannot be read has no part in the outline. */
function lineItem(text: string, line: LayerLine): [] | [OutlineItem] {
  // What is in a line that has moved is not moved for this.
  const { from, label, kind, positional, block } = originOf(line);
  const delta = line.from - from;
  const name = label ?? kind;
  if (name.text === '') return [];
  const item: OutlineItem = {
    name: name.text,
    detail: shorten(lineDetail(text, { label, kind, positional }, delta)),
    kind: block ? 'repeat' : 'layer',
    span: spanOf(line),
    selection: { from: name.from + delta, to: name.to + delta },
    children: block ? layerItems(text, line.block!) : nothing,
  };
  return [item];
}

function layerItems(text: string, { lines }: LayerBlock): readonly OutlineItem[] {
  return lines.flatMap((line) => (line.type === 'layer' ? lineItem(text, line) : []));
}

/** The values behind the name, as they are written; `delta` is how far the text has moved. */
function lineDetail(
  text: string,
  { label, kind, positional }: Pick<LayerLine, 'label' | 'kind' | 'positional'>,
  delta: number,
): string {
  const source = ({ from, to }: Span): string => text.slice(from + delta, to + delta);
  const together = positional.every(({ to }, index) => (positional[index + 1]?.from ?? to + 1) === to + 1);
  const [first] = positional;
  const values =
    first && together
      ? source({ from: first.from, to: positional.at(-1)!.to })
      : positional.map(source).join(' ');
  return label ? `${kind.text} ${values}` : values;
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
const oddSpace = /\s\s|[^\S ]/;
const shorten = (text: string): string => {
  const line = oddSpace.test(text) ? text.replaceAll(/\s{2,}|[^\S ]/g, ' ') : text;
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};
const spanOf = ({ from, to }: Span): Span => ({ from, to });
