/** What the predictor says of a network at initialisation, before any training. All norms are L2; bands are 10–90 % over initialisations. */

export interface PredictedLayer {
  readonly name: string;
  /** Median gradient norm; exactly 0 where the gradient is zero for every draw. */
  readonly norm: number;
  readonly p10: number;
  readonly p90: number;
  /** Median of the backpropagated error's norm (see `error` in `engine/recording.ts`). */
  readonly error: number;
  /** ‖∇ₗ‖/‖∇ₗ₊₁‖ squared, split: weights' gain, the activation's effective derivative, the size of the input. Absent for the last layer. */
  readonly decay: { readonly gain: number; readonly derivative: number; readonly input: number } | undefined;
  /** Variance of ln ‖∇‖² over initialisations is above 10: they differ by decades, and the median is only an order of magnitude. */
  readonly wide: boolean;
}

export type Prediction =
  | {
      readonly type: 'predicted';
      readonly layers: readonly PredictedLayer[];
      readonly how: 'kernel recursion' | 'sampled initialisations';
    }
  | { readonly type: 'not-predictable'; readonly reason: string };
