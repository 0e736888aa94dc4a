/** How a network is trained, and what is looked at meanwhile. */
export type LossName = 'mse' | 'mae' | 'huber' | 'bce' | 'bce_with_logits' | 'cross_entropy' | 'hinge';

export type Optimizer =
  | {
      readonly name: 'sgd';
      readonly lr: number;
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly name: 'adam' | 'adamw';
      readonly lr: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly eps: number;
      readonly weightDecay: number;
    }
  | {
      readonly name: 'rmsprop';
      readonly lr: number;
      readonly alpha: number;
      readonly eps: number;
      readonly momentum: number;
      readonly weightDecay: number;
    }
  | { readonly name: 'adagrad'; readonly lr: number; readonly eps: number; readonly weightDecay: number };

export type Schedule =
  | { readonly name: 'constant' }
  | { readonly name: 'step'; readonly size: number; readonly gamma: number }
  | { readonly name: 'cosine' | 'linear'; readonly warmup: number };

export interface TrainSettings {
  readonly loss: LossName;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly clip: { readonly by: 'norm' | 'value'; readonly max: number } | undefined;
  readonly batch: number | 'all';
  readonly duration: { readonly steps: number } | { readonly epochs: number };
  readonly seed: number;
  readonly precision: 'float32' | 'float64';
  /** Path of a safetensors file to start from, relative to the `.vgnet` file. */
  readonly weights: string | undefined;
}

export type MetricChoice = 'norm' | 'rms' | 'relative';

/** What the file says about analysis; what it leaves out comes from the user's settings. */
export interface AnalyzeSettings {
  readonly threshold: number | undefined;
  readonly explode: number | undefined;
  readonly ratio: number | undefined;
  readonly metric: MetricChoice | undefined;
  readonly every: number;
  readonly seeds: number | undefined;
}
