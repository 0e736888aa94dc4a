/** What lines of layers make of what arrives, remembered for the next check and for lines of the same text. */
import type { LayerEntry, LayerPlan, LayerProblem, Signal } from '../catalogue/layers/layer.ts';
import type { ResolvedArguments } from './resolved.ts';

type Second = Parameters<LayerEntry['plan']>[2];
type Plan = LayerPlan | LayerProblem;

const plans = new WeakMap<ResolvedArguments['written'], { readonly arrives: Signal; readonly plan: Plan }>();

/** The plan of a line for what arrives; `second` is the other input of those that have one. */
export function planOf(entry: LayerEntry, written: ResolvedArguments, arrives: Signal, second: Second): Plan {
  if (second) return entry.plan(written, arrives, second);
  const known = plans.get(written.written);
  if (known && isEqual(known.arrives, arrives)) return known.plan;
  const plan = entry.plan(written, arrives, undefined);
  plans.set(written.written, { arrives, plan });
  return plan;
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
