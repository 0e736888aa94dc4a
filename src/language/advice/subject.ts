import type { PreparedLayer, PreparedLine } from '../checking/preparedLines.ts';
import type { DetailedAnalysis } from '../checking/network.ts';
import type { CheckContext } from '../checking/context.ts';
import type { Layer } from '../network.ts';
import type { Span } from '../syntax.ts';

/** What a rule of advice looks at: one network, as far as it can be read. */
export interface Subject {
  readonly context: CheckContext;
  readonly analysis: DetailedAnalysis;
  readonly layers: readonly Layer[];
  /** Whether a mistake in front of a layer makes a guess of the last size of what it gets. */
  isGuessed(layer: Layer): boolean;
  /** The line that made a layer. */
  lineOf(layer: Layer): PreparedLayer;
}

export function subjectOf(context: CheckContext, analysis: DetailedAnalysis): Subject {
  // Most networks give no reason to ask.
  let lines: ReadonlyMap<number, PreparedLayer> | undefined;
  return {
    context,
    analysis,
    layers: analysis.layers,
    isGuessed: ({ index, inputShape }) => {
      const guessed = analysis.guessed.get(index);
      return guessed !== undefined && (guessed !== 'leading' || inputShape.length > 2);
    },
    lineOf(layer) {
      lines ??= new Map(layerLines(analysis.block?.lines ?? []));
      const line = lines.get(layer.span.from);
      if (!line) throw new Error(`The layer ${layer.name} has no line`);
      return line;
    },
  };
}

/** Every line that makes layers, by where it begins. */
function* layerLines(prepared: readonly PreparedLine[]): Generator<[number, PreparedLayer]> {
  for (const line of prepared) {
    if (line.type === 'layer') yield [line.line.from, line];
    if (line.body) yield* layerLines(line.body);
  }
}

/** Where an argument of a layer is written; its kind where it is not. */
export function argumentSpan(line: PreparedLayer, name: string): Span {
  return line.arguments?.spanOf(name) ?? line.line.kind;
}
