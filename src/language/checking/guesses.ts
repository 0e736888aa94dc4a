/**
 * What flows on behind a line with a mistake, so that the lines after it are looked at all the same. Nothing is said of a
 * layer that follows from a guess alone.
 */
import type { LayerEntry, LayerPlan, Signal } from '../catalogue/layers/layer.ts';

/** Layers that give the shape that they get, whatever else is wrong with their line. */
const keepingShape: ReadonlySet<string> = new Set([
  'activation',
  'dropout',
  'batchnorm',
  'layernorm',
  'rmsnorm',
  'position',
]);

/** Layers that give what they get, but for the last size. */
const keepingRank: ReadonlySet<string> = new Set(['dense', 'residual', 'add', 'concat', 'attention']);

/** What comes out of a line with a mistake; `entry` is its kind where that is known. */
export function guessBehind(signal: Signal, entry: LayerEntry | undefined): Signal {
  if (entry && keepingShape.has(entry.name)) return signal;
  const leading = signal.guessed === 'leading' || signal.guessed === 'all' || signal.vocabulary !== undefined;
  return { ...signal, guessed: entry && keepingRank.has(entry.name) && !leading ? 'last' : 'all' };
}

/** Which sizes of what comes out of a layer are a guess. */
export function guessedAfter({ guessed }: Signal, plan: LayerPlan): Signal['guessed'] {
  if (guessed === undefined) return undefined;
  switch (plan.kind) {
    case 'dense':
      return guessed === 'last' ? undefined : 'leading';
    case 'rnn':
    case 'lstm':
    case 'gru':
      return guessed === 'last' || plan.returns === 'last' ? undefined : 'leading';
    case 'flatten':
    case 'globalpool':
      return 'last';
    case 'embedding':
      return 'leading';
    case 'conv':
    case 'maxpool':
    case 'avgpool':
      return 'all';
    default:
      return guessed;
  }
}

const large = 64;

/** Shapes of each kind that a layer may take: one that none of them suits is not looked at. */
export const anyShapes: readonly Signal[] = [[large], [large, large], [large, large, large]].flatMap(
  (shape) => [
    { shape, vocabulary: undefined, guessed: 'all' as const },
    ...(shape.length === 1 ? [{ shape, vocabulary: large, guessed: 'all' as const }] : []),
  ],
);

/** What enters a network whose input cannot be read. */
export const anyInput: Signal = anyShapes[0];
