/** What `npm run bench` keeps in `results.json`. */
import type { Absence, Outcome } from '../comparison/compare.ts';

/** Where and when it was measured; ratios of turns carry over to other machines better than speeds do. */
export interface Circumstances {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** Processes that wanted to run, a minute's mean, before and after. A quiet machine starts below 0.5. */
  readonly load: readonly [number, number];
  readonly rounds: number;
  /** Seconds of each turn. */
  readonly seconds: number;
}

export interface JobResult {
  readonly name: string;
  /** Of a step's matrix products. */
  readonly operationsPerStep: number;
  /** First steps whose norms were compared. */
  readonly comparedSteps: number;
  readonly outcomes: readonly Outcome[];
  readonly absences: readonly Absence[];
}

/** Milliseconds from the text to the first rows of a ten-layer network. */
export interface StartResult {
  /** In a thread that had to be started. */
  readonly cold: number;
  /** In a thread that stood ready, of each round. */
  readonly warm: readonly number[];
}

/** One product of a dense layer on one thread; floating-point operations per second. */
export interface ProductResult {
  readonly kind: 'forward' | 'error' | 'gradient';
  /** Samples, inputs, outputs. */
  readonly shape: readonly [number, number, number];
  readonly median: number;
  readonly best: number;
  /** The best that the peak's kernel reached in alternation with it. */
  readonly peak: number;
}

/** A row of numbers over what grows. */
export interface GrowthResult {
  readonly of: 'depth' | 'width' | 'batch' | 'steps';
  readonly what: string;
  /** The network and what stays. */
  readonly setting: string;
  readonly points: readonly GrowthPoint[];
}

export interface GrowthPoint {
  readonly size: number;
  /** Of one step; of the whole run where steps grow. */
  readonly milliseconds: number;
  /** Of the run's memory; of the recording where steps grow. */
  readonly bytes: number;
  /** Until the verdict is there, where steps grow. */
  readonly judgingMilliseconds?: number;
}

export interface Results {
  readonly circumstances: Circumstances;
  /** Floating-point operations per second. */
  readonly peak: { readonly median: number; readonly best: number };
  readonly products: readonly ProductResult[];
  readonly jobs: readonly JobResult[];
  readonly start: StartResult;
  readonly growth?: {
    readonly load: readonly [number, number];
    readonly date: string;
    readonly results: readonly GrowthResult[];
  };
}
