import type { TreeCursor } from '@lezer/common';
import type { CallValue, LayerBlock, LayerLine, Name, Setting, Value } from '../syntax.ts';
import { readLayerBlock, wordAt } from './blocks.ts';
import { endOf, report, type ParseContext } from './context.ts';
import { reportDecimalComma } from './decimalComma.ts';
import { readItems, type Items } from './items.ts';
import { orphanBlock } from './orphan.ts';

/** The layer line at the cursor; its kind is empty where it cannot be read. */
export function readLayerLine(context: ParseContext, cursor: TreeCursor): LayerLine {
  const { from, to } = cursor;
  cursor.firstChild();
  const items = readItems(context, cursor, from);
  const head = layerHead(context, items, { from, to });
  let block: LayerBlock | undefined;
  const owner = { from, to, what: head?.kind.text ?? 'this line' };
  if (items.block) block = readLayerBlock(context, cursor, owner);
  cursor.parent();
  if (!block && head && (head.kind.text === 'repeat' || head.kind.text === 'residual'))
    block = orphanBlock(context, cursor, (inner) => readLayerBlock(context, inner, owner));
  const unreadable: LayerHead = {
    kind: { type: 'name', text: '', from, to: from },
    positional: [],
    named: [],
  };
  return { type: 'layer', label: items.label, ...(head ?? unreadable), block, from, to: block?.to ?? to };
}

type LayerHead = Pick<LayerLine, 'kind' | 'positional' | 'named'>;

function layerHead(
  context: ParseContext,
  items: Items,
  span: { from: number; to: number },
): LayerHead | undefined {
  const [first, ...positional] = items.positional;
  if (first?.type === 'name' && !startsWithArgument(items, first))
    return { kind: first, positional, named: items.named };
  if (first?.type === 'call' && !startsWithArgument(items, first))
    return headOfCall(context, first, items, positional);
  if (items.broken) return undefined;
  const [argument] = items.named;
  if (items.label && !first && !argument) {
    report(context, endOf(items.label), 'Expected a layer behind the label, as in `hidden: dense 16`.');
  } else if (argument) {
    const message = `Expected a layer such as \`dense 16 relu\`: a setting such as \`${argument.name.text} = …\` stands inside of \`data\`, \`train\` or \`analyze\`.`;
    report(context, argument, message);
  } else if (first) {
    if (!reportDecimalComma(context, first))
      report(context, first, 'Expected the name of a layer, as in `dense 16 relu`.');
  } else {
    report(
      context,
      { from: span.from, to: span.from + 1 },
      'Expected a layer in front of `{`, as in `repeat 8 { … }`.',
    );
  }
  return undefined;
}

const startsWithArgument = ({ named }: Items, first: Value): boolean =>
  named[0] !== undefined && named[0].from < first.from;

/** `dense(16, relu)` is read as `dense 16 relu`, with a fix that writes it so. */
function headOfCall(context: ParseContext, call: CallValue, items: Items, rest: readonly Value[]): LayerHead {
  const source = (node: { from: number; to: number }): string => context.text.slice(node.from, node.to);
  const replacement = [call.callee, ...call.positional, ...call.named].map(source).join(' ');
  const fix = { title: `Write \`${replacement}\``, edits: [{ from: call.from, to: call.to, replacement }] };
  report(context, call, `The arguments of a layer stand behind it without brackets: \`${replacement}\`.`, [
    fix,
  ]);
  return {
    kind: call.callee,
    positional: [...call.positional, ...rest],
    named: [...call.named, ...items.named],
  };
}

/** `NAME = VALUE` inside of the block `where`. */
export function readSetting(context: ParseContext, cursor: TreeCursor, where: string): Setting | undefined {
  const { from, to } = cursor;
  cursor.firstChild();
  const items = readItems(context, cursor, from);
  const block = items.block ? { from: cursor.from, to: cursor.to } : undefined;
  cursor.parent();
  if (block && !items.broken)
    report(
      context,
      { from: block.from, to: block.from + 1 },
      `Expected \`NAME = VALUE\`: no block stands inside of \`${where}\`.`,
    );
  if (items.label && !items.broken) {
    const edits = [{ from: items.label.to, to: items.label.to + 1, replacement: ' =' }];
    const fixes = context.text[items.label.to] === ':' ? [{ title: 'Write `=`', edits }] : [];
    report(context, items.label, `Expected \`=\` instead of \`:\`: \`${items.label.text} = VALUE\`.`, fixes);
    return settingOf(items.label, items.positional[0], from, to);
  }
  const [argument, another] = items.named;
  const [first, second] = items.positional;
  if (!argument) return block ? undefined : bareSetting(context, items, first, second, { from, to });
  if (first && !items.broken) reportSurplus(context, first, argument.from < first.from);
  else if (another && !items.broken) reportSurplus(context, another, true);
  return settingOf(argument.name, argument.value, from, to);
}

function bareSetting(
  context: ParseContext,
  items: Items,
  first: Value | undefined,
  second: Value | undefined,
  { from, to }: { from: number; to: number },
): Setting | undefined {
  if (first?.type !== 'name') {
    const place = first ?? wordAt(context, { from, to });
    if (!items.broken && !reportDecimalComma(context, place))
      report(context, place, 'Expected `NAME = VALUE`.');
    return undefined;
  }
  if (!items.broken) {
    const edits = [{ from: first.to, to: second?.from ?? first.to, replacement: ' = ' }];
    const fixes = second ? [{ title: 'Insert `=`', edits }] : [];
    report(
      context,
      second ?? endOf(first),
      `Expected \`=\` behind \`${first.text}\`: \`${first.text} = VALUE\`.`,
      fixes,
    );
  }
  return settingOf(first, second, from, to);
}

function reportSurplus(
  context: ParseContext,
  surplus: Value | { from: number; to: number },
  behind: boolean,
): void {
  const message = behind
    ? 'Expected the end of the line: one `NAME = VALUE` stands on a line, or several with `,` between.'
    : 'Expected a new line in front of `NAME = VALUE`.';
  report(context, surplus, message);
}

const settingOf = (name: Name, value: Value | undefined, from: number, to: number): Setting => ({
  type: 'setting',
  name,
  value,
  from,
  to,
});
