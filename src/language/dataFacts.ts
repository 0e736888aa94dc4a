import type { DataSettings, Shape, Target } from './network.ts';

/** How a data set looks from outside, once its files are read: what shapes are checked against. */
export interface DataFacts {
  readonly inputShape: Shape;
  readonly target: Target;
  readonly samples: number;
  /** Samples are token indices below this number. */
  readonly vocabulary?: number;
  /** Column names of a CSV file's header. */
  readonly columns?: readonly string[];
  /** Largest absolute input before any scaling. */
  readonly largestInput?: number;
}

/** Looks at a data set's files; undefined where they cannot be read, which a run would say. */
export type DataFactsSource = (path: string, settings: DataSettings) => DataFacts | undefined;
