import type { DataSettings, LossName, Shape, Target, TrainSettings } from './network.ts';
import type { RuleId } from './rules.ts';

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

/** Why the files of a data set cannot be used, as a run would say it. */
export interface DataProblem {
  readonly rule: RuleId;
  readonly message: string;
  /** A column's name in the text, and that of the file which it is probably meant for. */
  readonly meant?: MeantColumn;
}

export interface MeantColumn {
  readonly written: string;
  readonly column: string;
}

/** What of a network decides whether its targets are labels or measurements. */
export interface DataUse {
  readonly loss: LossName;
  readonly outputShape: Shape;
}

/** Looks at a data set's files; undefined where they have not been looked at, which a run will do. */
export type DataFactsSource = (
  path: string,
  settings: DataSettings,
  use: DataUse,
) => DataFacts | DataProblem | undefined;

/** The use that a network makes of its data, as far as it can be read. */
export function dataUse(train: TrainSettings | undefined, outputShape: Shape | undefined): DataUse {
  return { loss: train?.loss ?? 'mse', outputShape: outputShape ?? [1] };
}
