/** Shortcuts around layers: the error goes past them unchanged. */
import { wrapStatements } from '../../language/edit/statements.ts';
import type { TextEdit } from '../../language/diagnostic.ts';
import type { Layer } from '../../language/network.ts';
import type { LayerLine, NetworkStatement, Span } from '../../language/syntax.ts';
import { countInWords } from '../words.ts';
import { isWeighted } from './activation.ts';
import type { Family, Part, Patient } from './fix.ts';
import { residual2015 } from './sources.ts';

const why =
  'The error passes a shortcut unchanged, whatever the layers beside it do to it, so that it cannot fade with depth.';

export const shortcuts: Family = (patient) => {
  const { network, statement, file } = patient;
  if (network.layers.some(({ kind }) => kind === 'residual' || kind === 'add')) return [];
  const repeats = repeatsOf(statement).flatMap((line) => aroundBody(line, patient) ?? []);
  if (repeats.length > 0) {
    const [{ weights } = { weights: 1 }] = repeats;
    const each =
      ['every layer', 'each pair of layers'][weights - 1] ?? `every ${countInWords(weights)} layers`;
    const names = repeats.map(({ line }) => line.label?.text ?? 'the repeat').join(' and ');
    const edits = repeats.flatMap(({ span, head }) => wrapStatements(file.text, span, head));
    return [{ title: `a shortcut around ${each} of ${names}`, edits, why, source: residual2015 }];
  }
  const edits = pairs(patient);
  return edits.length === 0
    ? []
    : [{ title: 'a shortcut around each pair of layers', edits, why, source: residual2015 }];
};

interface Body {
  readonly line: LayerLine;
  readonly span: Span;
  readonly head: string;
  /** Lines with weights in it. */
  readonly weights: number;
}

/** The body of a `repeat`, whose shortcut needs a projection where an instance changes the number of features. */
function aroundBody(line: LayerLine, { network, parts }: Patient): Body | undefined {
  const lines = line.block?.lines ?? [];
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const inside = (span: Span): boolean => span.from >= first.from && span.to <= last.to;
  const weights = parts.filter((part) => inside(part.line) && isWeighted(part));
  if (weights.length === 0 || weights.some(({ hidden }) => !hidden)) return undefined;
  const made = network.layers.filter(({ span }) => inside(span));
  const enter = made.filter(({ span }) => span.from === first.from);
  const leave = made.filter(({ span }) => span.from === last.from);
  const changes = enter.some((layer, instance) => !sameShape(layer.inputShape, leave[instance]?.outputShape));
  const span = { from: first.from, to: last.to };
  return { line, span, head: changes ? 'residual project=true' : 'residual', weights: weights.length };
}

/** Outermost repeats. */
function repeatsOf({ block }: NetworkStatement): LayerLine[] {
  return (block?.lines ?? []).filter(
    (line): line is LayerLine => line.type === 'layer' && line.kind.text === 'repeat',
  );
}

/** Two neighbouring hidden lines each, where what enters has the shape of what leaves. */
function pairs({ file, parts }: Patient): TextEdit[] {
  const hidden = parts.filter((part) => part.hidden && isWeighted(part));
  const edits: TextEdit[] = [];
  for (let index = 0; index + 1 < hidden.length; index += 1) {
    const [first, second] = [hidden[index], hidden[index + 1]];
    if (first === undefined || second === undefined || !joins(first, second)) continue;
    edits.push(...wrapStatements(file.text, { from: first.line.from, to: second.line.to }, 'residual'));
    index += 1;
  }
  return edits;
}

function joins({ layers: [first] }: Part, { layers: [second] }: Part): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    second.inputs.length === 1 &&
    second.inputs[0] === first.index &&
    sameShape(first.inputShape, second.outputShape)
  );
}

function sameShape(a: Layer['inputShape'], b: Layer['outputShape'] | undefined): boolean {
  return a.length === b?.length && a.every((size, dimension) => size === b[dimension]);
}
