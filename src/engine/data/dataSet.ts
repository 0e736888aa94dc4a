/** The words that every kind of data shares: what a kind says of itself, what it yields, and how it fails. */
import type { DataKind, DataSettings, LossName, NetworkInput, Shape } from '../../language/network.ts';
import type { RuleId } from '../../language/rules.ts';
import type { DataFacts, FileContents, RunFailure } from '../../protocol/worker.ts';
import type { Random } from '../random.ts';

type Pick<Settings, Kind> = Settings extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Settings
    : never
  : never;

/** The settings of one kind of data. */
export type SettingsOf<Kind extends DataKind> = Pick<DataSettings, Kind>;

/** What the network makes of the data. The loss decides whether whole numbers are labels or measurements. */
export interface DataUse {
  readonly input: NetworkInput;
  readonly loss: LossName;
  /** What the network yields for a sample. */
  readonly outputShape: Shape;
}

/** Samples in the order of the file, or of the draw. */
export interface Samples {
  /** Samples x values of an input, row-major; token indices as numbers. */
  readonly inputs: Float64Array;
  /** Class indices, samples x rows, or real numbers, samples x size. */
  readonly targets: Float64Array;
}

/** Draws the samples of a kind of data that needs no file. */
export type DrawSamples<Kind extends DataKind> = (
  settings: SettingsOf<Kind>,
  random: Random,
  facts: Omit<DataFacts, 'samples'>,
) => Samples;

/** A data set before it is split, or why there is none. */
export type DataOutcome =
  | {
      readonly ok: true;
      readonly facts: DataFacts;
      /** Draws or hands over the samples; costly, and not needed for the facts. */
      readonly samples: () => Samples;
      /** How many samples from the front are for training, where the data set itself says so. */
      readonly trainCount?: number;
      /** How to scale the inputs once it is known which samples are for training. */
      readonly normalize?: 'standard' | 'minmax' | 'none';
      /** What a person should know although it is no error. */
      readonly notes: readonly string[];
    }
  | DataFailure;

export interface DataFailure {
  readonly ok: false;
  readonly failure: RunFailure & { readonly rule: DataRule };
}

/** Reads a kind of data from its files. */
export type ReadData<Kind extends DataKind> = (
  settings: SettingsOf<Kind>,
  files: FileContents,
  use: DataUse,
) => DataOutcome;

/** Ids of what can be wrong with data. */
export type DataRule = Extract<RuleId, `data-${string}` | 'loss-shape'>;

/** An expected failure, on the line of the word `data`. */
export function dataFailure(
  settings: { readonly line: number },
  rule: DataRule,
  message: string,
  meant?: RunFailure['meant'],
): DataFailure {
  return { ok: false, failure: { rule, message, line: settings.line, ...(meant && { meant }) } };
}

/** Number of values in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
