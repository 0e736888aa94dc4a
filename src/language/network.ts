/**
 * A checked network: the language's result and the engine's input. Plain data that survives a structured clone.
 *
 * `repeat` is unrolled, `let` names are replaced by their values, and every default is filled in, so that nothing
 * downstream knows the syntax. The layers form a directed acyclic graph in topological order.
 */
import type { Span } from './syntax.ts';
import type { DataSettings } from './network/data.ts';
import type { Layer } from './network/layers.ts';
import type { NetworkInput, Shape } from './network/shape.ts';
import type { AnalyzeSettings, TrainSettings } from './network/training.ts';

export type * from './network/data.ts';
export type * from './network/layers.ts';
export type * from './network/shape.ts';
export type * from './network/training.ts';

export interface CheckedNetwork {
  readonly name: string;
  /** 1-based line of the word `network`. */
  readonly line: number;
  readonly span: Span;
  readonly input: NetworkInput;
  readonly layers: readonly Layer[];
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly data: DataSettings;
  readonly train: TrainSettings;
  readonly analyze: AnalyzeSettings;
}

/** A network of the file, whether or not it could be checked. */
export interface NetworkOutcome {
  readonly name: string;
  readonly line: number;
  readonly span: Span;
  /** The word `network` and the name, where a lens stands. */
  readonly header: Span;
  /** Absent where an error keeps it from being trained. */
  readonly network: CheckedNetwork | undefined;
  /** Whether there is a `network`; asking for it may take longer than asking for this. */
  readonly trainable: boolean;
  /** How many layers are known, those of lines with a mistake left out. */
  readonly layerCount: number;
}
