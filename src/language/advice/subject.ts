import type { PreparedLine } from '../checking/preparedLines.ts';
import type { DetailedAnalysis } from '../checking/network.ts';
import type { CheckContext } from '../checking/context.ts';
import type { Fix, TextEdit } from '../diagnostic.ts';
import type { Layer } from '../network.ts';
import type { LayerLine, Span } from '../syntax.ts';

/** What a rule of advice looks at: one network whose shapes are known. */
export interface Subject {
  readonly context: CheckContext;
  readonly analysis: DetailedAnalysis;
  readonly layers: readonly Layer[];
  /** The line that made a layer. */
  lineOf(layer: Layer): LayerOf;
}

export type LayerOf = Extract<PreparedLine, { type: 'layer' }>;

export function subjectOf(context: CheckContext, analysis: DetailedAnalysis): Subject {
  // Most networks give no reason to ask.
  let lines: ReadonlyMap<number, LayerOf> | undefined;
  return {
    context,
    analysis,
    layers: analysis.layers,
    lineOf(layer) {
      lines ??= new Map(layerLines(analysis.block?.lines ?? []));
      const line = lines.get(layer.span.from);
      if (!line) throw new Error(`The layer ${layer.name} has no line`);
      return line;
    },
  };
}

/** Every line that makes layers, by where it begins. */
function* layerLines(prepared: readonly PreparedLine[]): Generator<[number, LayerOf]> {
  for (const line of prepared) {
    if (line.type === 'layer') yield [line.line.from, line];
    if (line.type !== 'unknown' && line.body) yield* layerLines(line.body);
  }
}

/** Where an argument of a layer is written; its kind where it is not. */
export function argumentSpan(line: LayerOf, name: string): Span {
  return line.arguments?.spanOf(name) ?? line.line.kind;
}

/** The fix that gives a named argument of a layer line another value, or adds it. */
export function setArgument(line: LayerOf, name: string, value: string): Fix {
  const written = line.arguments?.spanOf(name);
  const replacement = `${name}=${value}`;
  if (written)
    return {
      title: `Change to \`${replacement}\``,
      edits: [{ from: written.from, to: written.to, replacement: value }],
    };
  const end = headEnd(line.line);
  return { title: `Add \`${replacement}\``, edits: [{ from: end, to: end, replacement: ` ${replacement}` }] };
}

/** End of what stands on a layer line in front of its block. */
export function headEnd({ kind, positional, named }: LayerLine): number {
  return Math.max(kind.to, ...positional.map(({ to }) => to), ...named.map(({ to }) => to));
}

/** Takes a word out together with the spaces in front of it. */
export function removeWord(text: string, span: Span): TextEdit {
  let { from } = span;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  return { from, to: span.to, replacement: '' };
}

/** Takes a statement out: with its whole line where nothing else stands there, otherwise with the separator behind it. */
export function removeStatement(text: string, span: Span): TextEdit {
  let { from, to } = span;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  const rest = /^[ \t]*[;,]?[ \t]*/.exec(text.slice(to))![0];
  const atLineStart = from === 0 || /[\r\n]/.test(text[from - 1]);
  const lineEnd = /^(\r\n|\n|\r)/.exec(text.slice(to + rest.length));
  if (atLineStart && lineEnd) return { from, to: to + rest.length + lineEnd[0].length, replacement: '' };
  to += rest.length;
  return { from: span.from, to, replacement: '' };
}
