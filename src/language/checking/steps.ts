/** The layers of a network as a check goes from one to the next. */
import type { Layer } from '../network.ts';
import type { Flow } from './flow.ts';
import type { PreparedLayer } from './preparedLines.ts';

/**
 * A layer with how it came about. Most are never asked where they stand in the text, so that they are not told: of a long
 * network each would be made anew at every key.
 */
export interface LayerStep {
  readonly prepared: PreparedLayer;
  /** 1-based line of the text. */
  readonly line: number;
  readonly flow: Flow;
  readonly index: number;
  readonly name: string;
  /** Position of the layer whose output arrives; −1 is the network's input. */
  readonly main: number;
  /** Position of the other one, of a layer that takes two. */
  readonly second: number | undefined;
  readonly repeat: Layer['repeat'];
}

/** The layer of a step, with its place. */
export function layerOf({ prepared, line, flow, index, name, main, second, repeat }: LayerStep): Layer {
  const { from, to } = prepared.line;
  return {
    ...flow.plan,
    index,
    name,
    inputs: second === undefined ? [main] : [main, second],
    inputShape: flow.arrives.shape,
    line,
    span: { from, to },
    repeat,
  };
}

/** Whether two steps are the same layer of the same line in the same place. */
export function isSameStep(a: LayerStep, b: LayerStep): boolean {
  return (
    a.prepared === b.prepared &&
    a.line === b.line &&
    a.flow === b.flow &&
    a.index === b.index &&
    a.name === b.name &&
    a.main === b.main &&
    a.second === b.second &&
    isSameInstance(a.repeat, b.repeat)
  );
}

function isSameInstance(a: Layer['repeat'], b: Layer['repeat']): boolean {
  if (!a || !b) return a === b;
  const samePlace = a.line === b.line && a.span.from === b.span.from && a.span.to === b.span.to;
  return samePlace && a.instance === b.instance && a.count === b.count;
}
