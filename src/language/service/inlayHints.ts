import { formatShape } from '../catalogue/layers/layer.ts';
import type { CheckedFile } from '../check.ts';
import { formatNumber } from '../checking/ranges.ts';
import type { Layer } from '../network.ts';
import type { Span } from '../syntax.ts';
import { allLines } from './names.ts';

/** What is shown behind a line: `→ 16 · 48 parameters`. */
export interface InlayHint {
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

/** Shapes and parameter counts of the layers in `range`; on a `repeat` those of all its instances together. */
export function inlayHints({ analyses, text }: CheckedFile, range: Span): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const { statement, layers } of analyses) {
    if (!statement.block || statement.to < range.from || statement.from > range.to) continue;
    const byLine = groupByLine(layers);
    let told = -1;
    for (const line of allLines(statement.block)) {
      // Of a block on one line the whole is told, behind it.
      if (line.to <= told) continue;
      const oneLine = line.block !== undefined && !/[\r\n]/.test(text.slice(line.from, line.to));
      if (oneLine) told = line.to;
      const end =
        line.block && !oneLine ? endOfHead(text, { from: line.from, to: line.block.from }) : line.to;
      if (end < range.from || end > range.to) continue;
      const inner = layers.filter(({ span }) => line.block && line.from <= span.from && span.to <= line.to);
      const own = line.block ? inner : (byLine.get(line.from) ?? []);
      const hint = describe(own, end, line.block !== undefined);
      if (hint) hints.push(hint);
    }
  }
  return hints;
}

function groupByLine(layers: readonly Layer[]): ReadonlyMap<number, Layer[]> {
  const groups = new Map<number, Layer[]>();
  for (const layer of layers) {
    const group = groups.get(layer.span.from);
    if (group) group.push(layer);
    else groups.set(layer.span.from, [layer]);
  }
  return groups;
}

/** End of what stands on the line: for a block the place in front of its `{`. */
const endOfHead = (text: string, { from, to }: Span): number => from + text.slice(from, to).trimEnd().length;

function describe(layers: readonly Layer[], at: number, block: boolean): InlayHint | undefined {
  const last = layers.at(-1);
  if (!last) return undefined;
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const counted = parameters === 1 ? '1 parameter' : `${formatNumber(parameters)} parameters`;
  const label =
    parameters === 0
      ? `→ ${formatShape(last.outputShape)}`
      : `→ ${formatShape(last.outputShape)} · ${counted}`;
  const [first] = layers;
  const from = formatShape(first.inputShape);
  const instances = layers.length > 1 && !block ? `, in ${layers.length} instances together` : '';
  return {
    at,
    label,
    tooltip: `Takes ${from}, gives ${formatShape(last.outputShape)}; ${counted}${instances}.`,
  };
}
