/**
 * What a run leaves behind: for every recorded step the loss and, for every layer with parameters, the measured
 * quantities of `docs/definitions.md`. Bounded in memory whatever the number of steps.
 */

/**
 * The quantities stored for each layer and recorded step, in this order.
 *
 * - `norm`            L2 norm of the gradient of the step's loss with respect to all of the layer's parameters
 * - `largest`         largest absolute entry of that gradient
 * - `meanAbsolute`    mean absolute entry
 * - `zeroShare`       share of entries that are exactly zero, 0 … 1
 * - `parameterNorm`   L2 norm of the parameters before the update
 * - `speed`           ‖Δw‖ / ‖w‖ of the update that followed
 * - `error`           norm of ∂(sum of the samples' losses)/∂(pre-activation), a sample's part each, root mean square over the batch
 * - `outputError`     the same with respect to the layer's output; error / outputError is the activation's part in the decay
 * - `inputNorm`       norm of the layer's input, root mean square over the batch
 * - `activationMean`, `activationDeviation`   of the entries of the layer's output
 * - `saturation`      share of pre-activations where |φ′| is below 1 % of its largest value, 0 … 1
 * - `deadShare`       share of units whose output is zero on the whole batch, 0 … 1
 *
 * What a layer does not have (the saturation of a linear layer) is NaN.
 */
export const recordedQuantities = [
  'norm',
  'largest',
  'meanAbsolute',
  'zeroShare',
  'parameterNorm',
  'speed',
  'error',
  'outputError',
  'inputNorm',
  'activationMean',
  'activationDeviation',
  'saturation',
  'deadShare',
] as const;

export type RecordedQuantity = (typeof recordedQuantities)[number];

/**
 * What extremes are kept of: the stored quantities and `relative`, the norm over the norm of the parameters, whose
 * extremes do not follow from those of the two.
 */
export const followedQuantities = [...recordedQuantities, 'relative'] as const;

export type FollowedQuantity = (typeof followedQuantities)[number];

/** A layer with parameters, as every consumer of a recording knows it. From input to output. */
export interface RecordedLayer {
  readonly name: string;
  readonly kind: string;
  readonly parameters: number;
  /** 1-based line in the text; absent for logs that another tool wrote. */
  readonly line?: number;
  /** Name of its activation, where it has one. */
  readonly activation?: string;
  /** Number of time steps, for recurrent layers. */
  readonly timeSteps?: number;
}

/** Rows for some recorded steps, in order: what the worker posts while training and what a recording is made of. */
export interface RecordedRows {
  /** Step number of each row, 0-based: the state before update number `step`. */
  readonly steps: Float64Array;
  /** Loss of each row's mini-batch. */
  readonly loss: Float64Array;
  /** rows x layers x `recordedQuantities`, row-major. */
  readonly values: Float64Array;
  /** rows x (sum of `timeSteps` over the recurrent layers): norm of the loss's derivative with respect to the hidden state at each time step, taken like `error`; empty without recurrent layers. */
  readonly timeErrors: Float64Array;
}

/** Smallest binary exponent with a bin of its own: everything below 2^−160 falls in the first bin after the zeros. */
export const histogramLowestExponent = -160;
/** Bins: exact zeros, one for each binary exponent from −160 to 127, not finite. */
export const histogramBins = 290;

/** Counts of the absolute entries of each layer's gradient by binary exponent, at one step: layers x `histogramBins`. */
export interface GradientHistogram {
  readonly step: number;
  readonly counts: Uint32Array;
}

export interface MinimumMaximum {
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** A run as it is kept: what `Recorder` holds and every judgement reads. */
export interface Recording {
  readonly layers: readonly RecordedLayer[];
  /** The rows that were kept, in order; the first and the last step are among them. */
  readonly rows: RecordedRows;
  readonly histograms: readonly GradientHistogram[];
  /** Exact over every step of the run, also over those that were not kept; numbers that are not finite are left out of `min` and `max`. */
  extremes(layer: number, quantity: FollowedQuantity): MinimumMaximum;
}

/**
 * Judged once before and once after training, over the whole training set rather than one batch; of sets beyond 10,000
 * samples, and of large networks, over samples that are evenly spread.
 */
export interface DataSetStatistics {
  readonly loss: number;
  /** Share of right answers, for classification. */
  readonly accuracy: number | undefined;
  /** Held-out loss and accuracy; absent without held-out samples. */
  readonly test: { readonly loss: number; readonly accuracy: number | undefined } | undefined;
  /** For each recorded layer: share of units that are zero for every sample. NaN where there is no such unit. */
  readonly deadShare: Float64Array;
  /** For each recorded layer: share of pre-activations in the flat part of the activation. */
  readonly saturation: Float64Array;
  /** The output, for a verdict on constant answers: mean over samples of the output's deviation from its mean. */
  readonly outputDeviation: number;
}

export type RunEnd = 'completed' | 'stopped' | 'diverged';

/** What is known when the run is over. */
export interface RunResult {
  readonly end: RunEnd;
  /** Steps done. */
  readonly steps: number;
  readonly seconds: number;
  readonly seed: number;
  readonly parameters: number;
  /** Loss of the best constant answer on the training set: label entropy, target variance. */
  readonly constantLoss: number;
  readonly before: DataSetStatistics;
  /** Absent where the run diverged. */
  readonly after: DataSetStatistics | undefined;
}
