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

/** What the network makes of the data. It decides where the data alone leaves open whether whole numbers are labels or measurements. */
export interface DataUse {
  readonly loss: LossName;
  /** What the network yields for a sample. */
  readonly outputShape: Shape;
}

/** What a kind of data looks at besides its settings. */
export interface DataContext {
  readonly input: NetworkInput | undefined;
  readonly files: FileContents;
  readonly use: DataUse | undefined;
}

/** Samples in the order of the file, or of the draw. */
export interface Samples {
  /** Samples x values of an input, row-major; token indices as numbers. */
  readonly inputs: Float64Array;
  /** Class indices, samples x rows, or real numbers, samples x size. */
  readonly targets: Float64Array;
}

/** A kind of data that needs no file: what it looks like and how it is drawn. */
export interface GeneratedKind<Kind extends DataKind> {
  describe(settings: SettingsOf<Kind>, context: DataContext): DataFacts;
  generate(settings: SettingsOf<Kind>, random: Random, facts: DataFacts): Samples;
}

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
  readonly failure: RunFailure;
}

/** A kind of data that is read. */
export type ReadKind<Kind extends DataKind> = (
  settings: SettingsOf<Kind>,
  context: DataContext,
) => DataOutcome;

/** Ids of what can be wrong with data. */
export type DataRule = Extract<RuleId, `data-${string}`>;

/** An expected failure, on the line of the word `data`. */
export function dataFailure(
  settings: { readonly line: number },
  rule: DataRule,
  message: string,
): DataFailure {
  return { ok: false, failure: { rule, message, line: settings.line } };
}

/** Number of values in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
