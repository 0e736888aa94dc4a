/** Every kind of layer, with its activation and its initialisers. */
import type { Span } from '../syntax.ts';
import type { Shape } from './shape.ts';

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
