import type { LayerPlan, Signal } from '../catalogue/layers/layer.ts';
import type { ResolvedArguments } from '../checking/resolved.ts';
import type { Output } from '../checking/scope.ts';
import type { Layer } from '../network.ts';
import type { Span } from '../syntax.ts';

/** How a layer came about: what its line says, what arrived, and what came out. */
export interface LayerStep {
  readonly written: ResolvedArguments['written'];
  readonly arrives: Signal;
  readonly plan: LayerPlan;
  readonly layer: Layer;
  readonly output: Output;
}

/** The layers of an earlier check, by where they were. */
export class KnownLayers {
  private readonly steps: readonly LayerStep[];
  private readonly surplus: number;

  /** `surplus`: how many layers there are more than then, all of them in one place. */
  constructor(steps: readonly LayerStep[] = [], surplus = 0) {
    this.steps = steps;
    this.surplus = surplus;
  }

  /** The layer that lines of this text made here, or so much further on. */
  at(index: number, written: LayerStep['written']): LayerStep | undefined {
    const here: LayerStep | undefined = this.steps[index];
    if (here?.written === written) return here;
    const there: LayerStep | undefined = this.steps[index - this.surplus];
    return there?.written === written ? there : undefined;
  }

  /** What the check after this one can know: where a mistake ends these steps, the earlier ones are not forgotten behind them. */
  follow(steps: readonly LayerStep[]): readonly LayerStep[] {
    return steps.length < this.steps.length ? [...steps, ...this.steps.slice(steps.length)] : steps;
  }
}

/** Where a layer stands in the network. */
export type LayerPlace = Pick<Layer, 'index' | 'name' | 'repeat'>;

/** Whether the layer of a line is in the place that it had, is called as it was, and takes the output of the same one. */
export function isInPlace({ layer }: LayerStep, input: number, place: LayerPlace): boolean {
  return (
    layer.index === place.index &&
    layer.name === place.name &&
    layer.inputs.length === 1 &&
    layer.inputs[0] === input &&
    isRepeat(layer.repeat, place.repeat)
  );
}

function isRepeat(a: Layer['repeat'], b: Layer['repeat']): boolean {
  if (!a || !b) return a === b;
  return a.line === b.line && a.instance === b.instance && a.count === b.count && isSpan(a.span, b.span);
}

/** Whether two spans are the same. */
export const isSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;
