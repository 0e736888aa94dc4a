import type { Activation, ActivationLayer, ActivationName, Shape } from '../../language/network.ts';
import {
  codeActivation,
  codeActivationError,
  codeSaturation,
  codeSoftmax,
  codeSoftmaxError,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterBlock } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import type { Operation } from '../program.ts';
import type { Tensor } from '../tensor.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** What the engine knows of an activation besides its formula. */
interface ActivationTraits {
  /** Largest |φ′|; undefined where it has none or where φ′ is the same everywhere. */
  readonly steepest?: (parameter: number) => number;
  /** φ is exactly zero on a whole interval: a unit can be dead. */
  readonly mortal?: true;
}

const one = (): number => 1;

/** In the order of their numbers in `kernels/assembly/activations.ts`. */
const traits: Readonly<Record<ActivationName, ActivationTraits>> = {
  linear: {},
  sigmoid: { steepest: () => 0.25 },
  tanh: { steepest: one },
  relu: { steepest: one, mortal: true },
  leaky_relu: { steepest: (slope) => Math.max(1, Math.abs(slope)) },
  elu: { steepest: (alpha) => Math.max(1, Math.abs(alpha)) },
  // λα, just below zero.
  selu: { steepest: () => 1.7580993408473766 },
  // At √2, where the second derivative φ(x)(2 − x²) is zero.
  gelu: { steepest: () => 1.1289041357276375 },
  silu: { steepest: () => 1.0998393142891416 },
  mish: { steepest: () => 1.088498139956151 },
  softplus: { steepest: one },
  softsign: { steepest: one },
  hard_tanh: { steepest: one },
  hard_sigmoid: { steepest: () => 1 / 6, mortal: true },
  // At its upper kink: (2 · 3 + 3) / 6.
  hard_swish: { steepest: () => 1.5, mortal: true },
  relu6: { steepest: one, mortal: true },
  exponential: {},
  softmax: {},
  gelu_tanh: { steepest: () => 1.1289930686587718 },
};

/** Names by number. */
export const activationNames = Object.keys(traits) as readonly ActivationName[];

/** A pre-activation is saturated where |φ′| is below this share of the steepest. */
const flatShare = 0.01;

/** Whether the activation has a flat part, and one where it is zero. */
export function activationTraits({ name }: Activation): {
  readonly saturable: boolean;
  readonly mortal: boolean;
} {
  return { saturable: traits[name].steepest !== undefined, mortal: traits[name].mortal === true };
}

/** Those whose derivative the kernels know from φ(z) alone. */
const inPlace: ReadonlySet<ActivationName> = new Set(['sigmoid', 'tanh', 'relu']);

/** A layer that ends in an activation of its own. */
interface ActivatedLayer {
  readonly index: number;
  readonly activation: Activation;
  readonly outputShape: Shape;
}

/** Plans y = φ(z) of a layer whose product z nobody else reads, and has the layer recorded; returns y. */
export function planOutput(
  { index, activation, outputShape }: ActivatedLayer,
  block: ParameterBlock,
  input: Tensor,
  z: Tensor,
  plan: Plan,
): Tensor {
  const isLinear = activation.name === 'linear';
  const output = isLinear ? z : outputOver(activation, z, outputShape, plan);
  if (!isLinear) planActivation(activation, z, output, plan);
  plan.sumValues(output);
  plan.recorded.set(index, {
    block,
    input,
    before: z,
    after: output,
    ...activationTraits(activation),
    activation: isLinear ? undefined : activation.name,
    time: undefined,
  });
  return output;
}

/** ∂L/∂z of such a layer from ∂L/∂y. */
export function planOutputError(activation: Activation, z: Tensor, output: Tensor, plan: Plan): void {
  if (activation.name !== 'linear') planActivationError(activation, z, output, plan);
  plan.sumErrors(z);
}

/** Where φ(z) goes: over z where that can be, so that a step touches less memory. */
function outputOver({ name }: Activation, z: Tensor, shape: Shape, plan: Plan): Tensor {
  return inPlace.has(name) ? plan.tensorOver(z) : plan.tensor(shape, z.error);
}

/** y = φ(z) with `z` and `y` of one shape, in one place or two; `planActivationError` undoes it. */
function planActivation(activation: Activation, z: Tensor, y: Tensor, plan: Plan): void {
  if (activation.name === 'softmax') {
    plan.forward.push({ code: codeSoftmax, phase: phaseRows, integers: integersOf(activation, z, y) });
    return;
  }
  plan.valuesAreSummed(y);
  plan.forward.push(elementwise(codeActivation, activation, z, y));
  if (activationTraits(activation).saturable)
    plan.judging.push(elementwise(codeSaturation, activation, z, y));
}

/** ∂L/∂z from ∂L/∂y; the two may be one place. */
function planActivationError(activation: Activation, z: Tensor, y: Tensor, plan: Plan): void {
  if (activation.name === 'softmax') {
    plan.sumErrors(y);
    plan.backward.push({ code: codeSoftmaxError, phase: phaseRows, integers: integersOf(activation, z, y) });
    return;
  }
  plan.errorsAreSummed(y);
  plan.errorsAreSummed(z);
  plan.backward.push(elementwise(codeActivationError, activation, z, y));
}

function elementwise(code: number, activation: Activation, z: Tensor, y: Tensor): Operation {
  return { code, phase: phaseRows, ...saturationNumbers(activation, z, y) };
}

/** The numbers of the operations on an activation of `z` that is `y`: `codeSaturation` counts what is saturated. */
export function saturationNumbers(activation: Activation, z: Tensor, y: Tensor) {
  const { name, parameter } = activation;
  const steepest = traits[name].steepest?.(parameter);
  const flat = steepest === undefined ? 0 : flatShare * steepest;
  return { integers: integersOf(activation, z, y), reals: [parameter, flat] };
}

function integersOf({ name }: Activation, z: Tensor, y: Tensor): readonly number[] {
  const kind = activationNames.indexOf(name);
  return [z.value, y.value, z.rows, z.features, z.stride, kind, z.sums, y.sums, y.marks, y.error, z.error];
}

/** `activation NAME` as a layer of its own; its quantities are recorded with the layer whose output it takes. */
export function planActivationLayer(layer: ActivationLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, inputs.exclusive[0] ? input.error : input.error !== 0);
  planActivation(layer.activation, input, output, plan);
  const owner = plan.recorded.get(layer.inputs[0]);
  if (owner !== undefined && owner.after === owner.before && inputs.exclusive[0]) {
    plan.sumValues(output);
    Object.assign(owner, activationTraits(layer.activation), {
      after: output,
      activation: layer.activation.name,
    });
  }
  return {
    output,
    backward() {
      if (input.error === 0) return;
      if (inputs.exclusive[0]) {
        planActivationError(layer.activation, input, output, plan);
      } else {
        // In place on the output's error; the sums of the input's belong to all of its consumers together.
        const own = { ...input, error: output.error, sums: plan.sums() };
        planActivationError(layer.activation, own, output, plan);
        plan.passError(output.error, input);
      }
    },
  };
}
