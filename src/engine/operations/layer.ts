import type { Tensor } from '../tensor.ts';

/** What a layer takes: the tensors, and for each whether no other layer takes it, so that its error may be used in place. */
export interface LayerInputs {
  readonly tensors: readonly [Tensor, ...Tensor[]];
  readonly exclusive: readonly boolean[];
}

/** A layer whose forward operations are planned. */
export interface PlannedLayer {
  readonly output: Tensor;
  /** Plans what brings the error from its output to its inputs and the gradients of its parameters; called from last to first layer. */
  backward(): void;
}
