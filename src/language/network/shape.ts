import type { Span } from '../syntax.ts';

/** Sizes without the batch: `[features]`, `[time, features]`, `[channels, height, width]`, or `[time]` for token indices. */
export type Shape = readonly number[];

/** How a sample enters the network. With `vocabulary` the sample is a sequence of whole numbers below it. */
export interface NetworkInput {
  readonly shape: Shape;
  readonly vocabulary: number | undefined;
  readonly line: number;
  readonly span: Span;
}
