/**
 * A checked network: the language's result and the engine's input. Plain data that survives a structured clone.
 *
 * `repeat` is unrolled, `let` names are replaced by their values, and every default is filled in, so that nothing
 * downstream knows the syntax. The layers form a directed acyclic graph in topological order.
 */
import type { Span } from './syntax.ts';

/** Sizes without the batch: `[features]`, `[time, features]`, `[channels, height, width]`, or `[time]` for token indices. */
export type Shape = readonly number[];

/** How a sample enters the network. With `vocabulary` the sample is a sequence of whole numbers below it. */
export interface NetworkInput {
  readonly shape: Shape;
  readonly vocabulary: number | undefined;
  readonly line: number;
  readonly span: Span;
}

export type ActivationName =
  | 'linear'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'silu'
  | 'mish'
  | 'softplus'
  | 'softsign'
  | 'hard_tanh'
  | 'hard_sigmoid'
  | 'hard_swish'
  | 'relu6'
  | 'exponential'
  | 'softmax'
  | 'gelu_tanh';

export interface Activation {
  readonly name: ActivationName;
  /** The slope of `leaky_relu` (0.01), the α of `elu` (1); 0 for every other. */
  readonly parameter: number;
}

export type Initialiser =
  | { readonly name: 'default' | 'zeros' | 'ones' }
  | {
      readonly name:
        | 'xavier_uniform'
        | 'xavier_normal'
        | 'kaiming_uniform'
        | 'kaiming_normal'
        | 'lecun_uniform'
        | 'lecun_normal'
        | 'orthogonal';
      /** 1 for xavier, lecun and orthogonal, √2 for kaiming, unless written. */
      readonly gain: number;
    }
  | { readonly name: 'uniform'; readonly low: number; readonly high: number }
  | { readonly name: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly name: 'constant'; readonly value: number };

interface LayerCommon {
  /** Position in `CheckedNetwork.layers`. */
  readonly index: number;
  /** As shown everywhere: the label, `hidden[3]`, `block[2].norm`, or the kind with its number, `dense2`. */
  readonly name: string;
  /** Positions of the layers whose outputs it takes; −1 is the network's input. */
  readonly inputs: readonly number[];
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Number of trainable parameters. */
  readonly parameters: number;
  /** 1-based line of the layer line in the text. */
  readonly line: number;
  readonly span: Span;
  /** Set where a `repeat` made it: the outermost one's line and place, and which instance this is (1-based). */
  readonly repeat:
    | { readonly line: number; readonly span: Span; readonly instance: number; readonly count: number }
    | undefined;
}

export interface DenseLayer extends LayerCommon {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
  readonly init: Initialiser;
  readonly biasInit: Initialiser;
  readonly bias: boolean;
}

export interface ConvolutionLayer extends LayerCommon {
  readonly kind: 'conv';
  readonly filters: number;
  /** One number a spatial dimension: `[k]` on time x features, `[kh, kw]` on channels x height x width. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly activation: Activation;
  readonly init: Initialiser;
  readonly biasInit: Initialiser;
  readonly bias: boolean;
}

export interface PoolingLayer extends LayerCommon {
  readonly kind: 'maxpool' | 'avgpool';
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

export interface PlainLayer extends LayerCommon {
  readonly kind: 'globalpool' | 'flatten' | 'add' | 'concat' | 'position';
}

export interface ActivationLayer extends LayerCommon {
  readonly kind: 'activation';
  readonly activation: Activation;
}

export interface DropoutLayer extends LayerCommon {
  readonly kind: 'dropout';
  readonly probability: number;
}

export interface NormalisationLayer extends LayerCommon {
  readonly kind: 'batchnorm' | 'layernorm' | 'rmsnorm';
  /** Undefined where `rmsnorm` leaves it to the precision: see `normalisationEpsilon`. */
  readonly epsilon: number | undefined;
}

/** Joins a residual block: `inputs[0]` is the end of the body, `inputs[1]` what entered the block. */
export interface ResidualLayer extends LayerCommon {
  readonly kind: 'residual';
  /** A learned projection of what entered, where the shapes differ: dense on vectors and sequences, 1 x 1 convolution on images. */
  readonly project: boolean;
}

export interface RecurrentLayer extends LayerCommon {
  readonly kind: 'rnn' | 'lstm' | 'gru';
  readonly units: number;
  /** `tanh` or `relu` for `rnn`, also `linear`; the cells of `lstm` and `gru` have theirs built in. */
  readonly activation: Activation;
  readonly returns: 'last' | 'sequence';
  readonly init: Initialiser;
  readonly recurrentInit: Initialiser;
  readonly biasInit: Initialiser;
}

export interface EmbeddingLayer extends LayerCommon {
  readonly kind: 'embedding';
  readonly vocabulary: number;
  readonly dimension: number;
  readonly init: Initialiser;
}

export interface AttentionLayer extends LayerCommon {
  readonly kind: 'attention';
  readonly heads: number;
  readonly causal: boolean;
  readonly init: Initialiser;
  readonly biasInit: Initialiser;
}

export type Layer =
  | DenseLayer
  | ConvolutionLayer
  | PoolingLayer
  | PlainLayer
  | ActivationLayer
  | DropoutLayer
  | NormalisationLayer
  | ResidualLayer
  | RecurrentLayer
  | EmbeddingLayer
  | AttentionLayer;

export type LayerKind = Layer['kind'];

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

export interface CheckedNetwork {
  readonly name: string;
  /** 1-based line of the word `network`. */
  readonly line: number;
  readonly span: Span;
  readonly input: NetworkInput;
  readonly layers: readonly Layer[];
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly data: DataSettings;
  readonly train: TrainSettings;
  readonly analyze: AnalyzeSettings;
}

/** A network of the file, whether or not it could be checked. */
export interface NetworkOutcome {
  readonly name: string;
  readonly line: number;
  readonly span: Span;
  /** The word `network` and the name, where a lens stands. */
  readonly header: Span;
  /** Absent where an error keeps it from being trained. */
  readonly network: CheckedNetwork | undefined;
  /** Whether there is a `network`; asking for it may take longer than asking for this. */
  readonly trainable: boolean;
}
