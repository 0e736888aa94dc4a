import type { DenseLayer } from '../../language/network.ts';
import { defaultOf, fans } from '../initialise.ts';
import {
  codeMultiply,
  codeMultiplyError,
  codeWeightGradient,
  phaseParameters,
  phaseProduct,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterBlock, ParameterTensor } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import type { Tensor } from '../tensor.ts';
import { planOutput, planOutputError } from './activation.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `dense UNITS`: z = x Wᵀ + b with PyTorch's W [units, features] on every row, y = φ(z). W lies in memory as [features x units]. */
export function planDense(layer: DenseLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const z = plan.tensor(layer.outputShape, true);
  const weights = input.stride * z.stride;
  const block = plan.parameters(
    layer.index,
    weights + (layer.bias ? z.stride : 0),
    tensorsOf(layer, input, z),
    { rows: input.stride, stride: z.stride },
  );
  const bias = layer.bias ? block.values + weights * plan.width : 0;
  const biasGradient = layer.bias ? block.gradient + weights * plan.width : 0;
  plan.sumValues(input);
  planProduct(plan, input, z, block.values, bias);
  const output = planOutput(layer, block, input, z, plan);
  return {
    output,
    backward() {
      planOutputError(layer.activation, z, output, plan);
      planProductError(plan, input, z, block.values);
      planWeightGradient(plan, input, z, block.gradient, biasGradient, block);
    },
  };
}

/**
 * Bytes of weights from which on each thread multiplies by its own columns of them, not by all of them for its own samples:
 * they do not stay in a core's cache, and reading them once costs more than the barriers.
 */
const sharedWeights = 2 ** 19;

/** Rows of a tile of a product. */
const tileRows = 4;

/** How threads share a product with the weights between two tensors. */
function phaseOfProduct(plan: Plan, x: Tensor, z: Tensor): number {
  return x.stride * z.stride * plan.width >= sharedWeights ? phaseProduct : phaseRows;
}

/** z = x W + b; `bias` is 0 where there is none. */
export function planProduct(plan: Plan, x: Tensor, z: Tensor, weights: number, bias: number): void {
  plan.forward.push({
    code: codeMultiply,
    phase: phaseOfProduct(plan, x, z),
    integers: [x.value, x.stride, weights, bias, z.value, z.stride, z.rows],
  });
}

/** ∂L/∂x += ∂L/∂z Wᵀ, where anything before x learns. */
export function planProductError(plan: Plan, x: Tensor, z: Tensor, weights: number): void {
  if (x.error === 0) return;
  plan.backward.push({
    code: codeMultiplyError,
    phase: phaseOfProduct(plan, x, z),
    integers: [z.error, z.stride, weights, 0, x.error, x.stride, z.rows, Number(plan.addsToError(x))],
  });
}

/** ∂L/∂W = xᵀ ∂L/∂z and ∂L/∂b, the sums of ∂L/∂z's columns; `whole` where these are all of a block, whose parts are rows of W. */
export function planWeightGradient(
  plan: Plan,
  x: Tensor,
  z: Tensor,
  weights: number,
  bias: number,
  whole?: ParameterBlock,
): void {
  const rowsOfPart = whole === undefined ? tileRows : whole.partLength / z.stride;
  const parts = whole?.parts ?? x.stride / tileRows;
  const operation = {
    code: codeWeightGradient,
    phase: phaseParameters,
    integers: [x.value, x.stride, z.error, z.stride, weights, bias, z.rows, rowsOfPart, parts],
  };
  plan.gradients.push(operation);
  if (whole !== undefined) plan.completed.set(operation, whole);
}

function tensorsOf(layer: DenseLayer, input: Tensor, z: Tensor): readonly ParameterTensor[] {
  const weightShape = [layer.units, input.features];
  const both = { ...fans(weightShape), default: defaultOf.linear(input.features) };
  const weight = {
    ...both,
    name: `${layer.name}.weight`,
    shape: weightShape,
    initialiser: layer.init,
    offset: 0,
    strides: [1, z.stride],
  };
  const bias = {
    ...both,
    name: `${layer.name}.bias`,
    shape: [layer.units],
    initialiser: layer.biasInit,
    offset: input.stride * z.stride,
    strides: [1],
  };
  return layer.bias ? [weight, bias] : [weight];
}
