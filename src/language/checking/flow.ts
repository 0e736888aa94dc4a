/** What lines of layers make of what arrives, remembered for the next check and for lines of the same text. */
import type { LayerEntry, LayerPlan, LayerProblem, SecondInput, Signal } from '../catalogue/layers/layer.ts';
import { guessedAfter } from './guesses.ts';
import type { ResolvedArguments } from './resolved.ts';

/** What arrives at a layer, what the layer is then, and what comes out of it. */
export interface Flow {
  readonly arrives: Signal;
  readonly plan: LayerPlan;
  readonly leaves: Signal;
}

interface Known {
  readonly arrives: Signal;
  readonly outcome: Flow | LayerProblem;
}

/** The same line may stand behind few different others. */
const most = 4;

const knownOf = new WeakMap<ResolvedArguments['written'], Known[]>();

/** What a line makes of what arrives, or why it cannot; `second` is the other input of those that have one. */
export function flowThrough(
  entry: LayerEntry,
  written: ResolvedArguments,
  arrives: Signal,
  second: SecondInput | undefined,
): Flow | LayerProblem {
  if (second) return plan(entry, written, arrives, second);
  let known = knownOf.get(written.written);
  if (!known) {
    known = [];
    knownOf.set(written.written, known);
  }
  for (const one of known) if (isEqual(one.arrives, arrives)) return one.outcome;
  const outcome = plan(entry, written, arrives, undefined);
  if (known.length >= most) known.shift();
  known.push({ arrives, outcome });
  return outcome;
}

function plan(
  entry: LayerEntry,
  written: ResolvedArguments,
  arrives: Signal,
  second: SecondInput | undefined,
): Flow | LayerProblem {
  const found = entry.plan(written, arrives, second);
  if ('rule' in found) return found;
  const guessed = guessedAfter(arrives, found);
  const leaves = { shape: found.outputShape, vocabulary: undefined, ...(guessed && { guessed }) };
  return { arrives, plan: found, leaves };
}

/** Whether the same arrives. */
export function isEqual(a: Signal, b: Signal): boolean {
  return (
    a === b ||
    (a.vocabulary === b.vocabulary &&
      a.guessed === b.guessed &&
      a.shape.length === b.shape.length &&
      a.shape.every((size, dimension) => size === b.shape[dimension]))
  );
}
