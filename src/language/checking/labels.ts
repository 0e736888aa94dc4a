/** Labels that `add` and `concat` cannot take. */
import type { Signal } from '../catalogue/layers/layer.ts';
import type { Fix } from '../diagnostic.ts';
import { nearestWord } from '../nearest.ts';
import type { LayerLine, Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { flowThrough } from './flow.ts';
import type { PreparedBlock, PreparedLayer, PreparedLine } from './preparedLines.ts';
import { replaceBy } from './replacement.ts';
import type { ResolvedArguments } from './resolved.ts';
import type { Output, Scope } from './scope.ts';

/** A line that takes the output of another by a label that stands for none. */
export interface Taker {
  readonly prepared: PreparedLayer;
  readonly written: ResolvedArguments;
  /** The word, and where it stands. */
  readonly label: string;
  readonly span: Span;
  /** What arrives from the line in front. */
  readonly main: Output;
  readonly scope: Scope;
}

/** Says why the label cannot be taken: there is none, it comes later, or there are several of it. */
export function reportLabel(context: CheckContext, block: PreparedBlock, taker: Taker): void {
  const { prepared, label, span } = taker;
  const { line } = prepared;
  const labels = new Map(labelledLines(block.lines));
  const definition = labels.get(label);
  const nearest = definition ? undefined : nearestWord(label, labels.keys());
  const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  const later = definition && (definition.from > line.from || definition.to >= line.to);
  const message = !definition
    ? `There is no label \`${label}\` in this network.${meant}`
    : later
      ? `The layer \`${label}\` comes later: \`${line.kind.text}\` takes the output of an earlier one.`
      : `The label \`${label}\` is inside of a \`repeat\`, so that there are several of it: label the \`repeat\` itself to take its last output.`;
  const other = nearest ?? (definition && !later ? undefined : fittingLabel(taker));
  const fix =
    other === undefined ? definition && labelRepeat(block, taker, definition) : replaceBy(span, other);
  context.diagnostics.add('unknown-label', span, message, {
    ...(fix && { fixes: [fix] }),
    ...(definition && {
      related: [{ from: definition.from, to: definition.to, message: `\`${label}\` is here.` }],
    }),
  });
}

/** The label of the nearest earlier layer whose output suits; that of the layer right in front would join it with itself. */
function fittingLabel({ prepared, written, span, main, scope }: Taker): string | undefined {
  const arrives: Signal = main.signal;
  for (const [label, output] of scope.latestFirst()) {
    if (output.index === main.index) continue;
    if (!('rule' in flowThrough(prepared.entry, written, arrives, { ...output, label, span }))) return label;
  }
  return undefined;
}

/** Takes the label of the `repeat` around the layer that was named; gives it one where it has none. */
function labelRepeat(
  { lines, labels }: PreparedBlock,
  { prepared, label, span }: Taker,
  definition: Span,
): Fix | undefined {
  const around = lines.find(({ line }) => line.from <= definition.from && definition.to <= line.to);
  if (around?.type !== 'repeat' || around.line.to > prepared.line.from) return undefined;
  const { line } = around;
  if (line.label) return replaceBy(span, line.label.text);
  let number = 2;
  while (labels.has(`${label}${number}`)) number++;
  const name = `${label}${number}`;
  const edits = [
    { from: line.from, to: line.from, replacement: `${name}: ` },
    { from: span.from, to: span.to, replacement: name },
  ];
  return { title: `Label the \`repeat\`: \`${name}\``, edits };
}

function labelledLines(
  lines: readonly PreparedLine[],
  found: [string, LayerLine][] = [],
): readonly [string, LayerLine][] {
  for (const prepared of lines) {
    const { label } = prepared.line;
    if (label) found.push([label.text, prepared.line]);
    if (prepared.body) labelledLines(prepared.body, found);
  }
  return found;
}
