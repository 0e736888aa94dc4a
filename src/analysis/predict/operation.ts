/** One step of a network as the predictor sees it: how it turns moments of signals into moments, and errors back into errors. */
import type { ActivationResponse } from './gaussian/activationResponse.ts';
import type { ActivationMoments } from './gaussian/activationMoments.ts';
import type { Signal } from './signal.ts';

/**
 * Second moments of a layer's gradient between points (points²): their sum over all pairs is the square of its norm. The part that
 * grows with the size of the layer's input stands apart from the part (biases) that does not.
 */
export interface GradientMoments {
  readonly byInput: Float64Array | undefined;
  /** Undefined where there is no such part. */
  readonly constant: Float64Array | undefined;
}

/** How finite width makes the sizes of signals and errors differ from draw to draw (see `spread.ts`). */
export type SpreadRule =
  /** Random weights; `share` of the output's second moment comes through them, the rest from biases. */
  | {
      readonly type: 'weights';
      readonly share: number;
      /** Matrices with orthonormal rows or columns keep lengths, forward or back, in every draw. */
      readonly keepsLength: { readonly forward: boolean; readonly backward: boolean };
    }
  | {
      readonly type: 'activation';
      readonly moments: () => ActivationMoments;
      /** Deviations of ln q of the input → of ln E[φ²] or ln E[φ′²]. */
      readonly respond: (part: keyof ActivationResponse, deviations: Float64Array) => Float64Array;
    }
  /** The output's size is fixed whatever the input's. */
  | { readonly type: 'normalisation' }
  /** Shares of the inputs in the output's second moment. */
  | { readonly type: 'sum'; readonly shares: readonly number[] }
  | { readonly type: 'pass' };

/**
 * An operation on given inputs. Errors are points² matrices E[Σ ∂L/∂h(p)·∂L/∂h(p′)], summed over features.
 */
export interface Operation {
  readonly signal: Signal;
  /** The error at the output → the error at each input. */
  readonly backward: (error: Float64Array) => readonly Float64Array[];
  /** The error at the output → the gradient of the operation's own parameters; absent where it has none. */
  readonly gradient?: (error: Float64Array) => GradientMoments;
  /** For operations that have an activation inside: the error before it, where the layer's error is measured. */
  readonly errorBefore?: (error: Float64Array) => Float64Array;
  readonly spread: SpreadRule;
  /** Each sample's output depends on the other samples of the batch. */
  readonly mixesSamples?: true;
}
