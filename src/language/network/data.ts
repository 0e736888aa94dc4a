/** What a network learns from, and what its output must be for it. */
import type { Span } from '../syntax.ts';

interface DataCommon {
  readonly samples: number;
  readonly seed: number;
  /** Share of the samples kept for training, in (0, 1]. */
  readonly split: number;
  readonly line: number;
  readonly span: Span;
}

export type DataSettings = DataCommon &
  (
    | { readonly kind: 'moons' | 'xor' | 'spirals'; readonly noise: number; readonly classes: number }
    | { readonly kind: 'circles'; readonly noise: number; readonly factor: number }
    | {
        readonly kind: 'blobs';
        readonly classes: number;
        readonly deviation: number;
        readonly features: number;
      }
    | { readonly kind: 'parity'; readonly bits: number }
    | { readonly kind: 'sine' | 'linear'; readonly noise: number; readonly features: number }
    | { readonly kind: 'teacher'; readonly noise: number; readonly hidden: number }
    | { readonly kind: 'gaussian'; readonly classes: number | undefined }
    | { readonly kind: 'adding' | 'copy' | 'recall'; readonly length: number; readonly classes: number }
    | { readonly kind: 'digits' }
    | { readonly kind: 'mnist'; readonly path: string }
    | {
        readonly kind: 'csv';
        readonly path: string;
        /** Names from the header, or 0-based column numbers as text where there is none. */
        readonly target: readonly string[];
        readonly header: boolean;
        readonly normalize: 'standard' | 'minmax' | 'none';
      }
    | { readonly kind: 'inline'; readonly inputs: NestedNumbers; readonly targets: NestedNumbers }
  );

export type DataKind = DataSettings['kind'];
export type NestedNumbers = readonly (number | NestedNumbers)[];

/**
 * What the network's output layer must produce for a data set: one of `classes` labels a row, or `size` real numbers a sample.
 * `rows` is the number of labels a sample where it is not 1: as many as time steps in a task that answers at every step.
 */
export type Target =
  | { readonly type: 'classes'; readonly classes: number; readonly rows?: number }
  | { readonly type: 'values'; readonly size: number };
