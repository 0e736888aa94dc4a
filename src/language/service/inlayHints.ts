import { formatShape } from '../catalogue/layers/layer.ts';
import type { CheckedFile } from '../check.ts';
import { formatNumber } from '../checking/ranges.ts';
import type { Layer } from '../network.ts';
import type { LayerBlock, LayerLine, Span } from '../syntax.ts';
import { hasLineBreak } from './lineBreaks.ts';

/** What is shown behind a line: `→ 16 · 48 parameters`. */
export interface InlayHint {
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

/** Shapes and parameter counts of the layers in `range`; on a `repeat` those of all its instances together. */
export function inlayHints({ analyses, text }: CheckedFile, range: Span): readonly InlayHint[] {
  return analyses.flatMap((analysis) => {
    const { block, from, to } = analysis.statement;
    if (!block || to < range.from || from > range.to) return [];
    const heads = [...headsIn(block, text, range)];
    const [first] = heads;
    if (!first) return [];
    const end = Math.max(...heads.map(({ line }) => line.to));
    const layers = analysis.layersIn({ from: first.line.from, to: end });
    const byLine = groupByLine(layers);
    return heads.flatMap(({ line, at }) => {
      const own = line.block
        ? layers.filter(({ span }) => line.from <= span.from && span.to <= line.to)
        : (byLine.get(line.from) ?? []);
      if (own.some(({ index }) => analysis.guessed.has(index))) return [];
      return describe(own, at, line.block !== undefined) ?? [];
    });
  });
}

/** Lines that a hint can stand behind, with its place. Of a block on one line the whole is told, behind it. */
function* headsIn(block: LayerBlock, text: string, range: Span): Generator<{ line: LayerLine; at: number }> {
  for (const line of block.lines) {
    if (line.type !== 'layer' || line.to < range.from) continue;
    if (line.from > range.to) return;
    const { block: inner } = line;
    const oneLine = inner !== undefined && !hasLineBreak(text, line);
    const at = inner && !oneLine ? behindHead(text, line, inner) : behind(text, line.to);
    if (at >= range.from && at <= range.to) yield { line, at };
    if (inner && !oneLine) yield* headsIn(inner, text, range);
  }
}

/** Behind the spaces at the end of a line: who is about to type there would otherwise type behind the hint. */
function behind(text: string, end: number): number {
  const [spaces] = /^[ \t]*/.exec(text.slice(end, end + 100))!;
  const next = text[end + spaces.length];
  return next === undefined || next === '\n' || next === '\r' ? end + spaces.length : end;
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

/** Behind the `{` of a block, so that the hint does not part it from its word; in front of it where layers follow it. */
function behindHead(text: string, { from }: LayerLine, block: LayerBlock): number {
  const brace = block.from + 1;
  const endsTheLine = /^[ \t]*(?:[#\r\n]|$)/.test(text.slice(brace, brace + 100));
  return endsTheLine ? behind(text, brace) : from + text.slice(from, block.from).trimEnd().length;
}

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
