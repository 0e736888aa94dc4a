import type { ConvolutionLayer } from '../../language/network.ts';
import { roundUp } from '../arena.ts';
import { defaultOf, fans } from '../initialise.ts';
import {
  codeConvolutionGradient,
  codeConvolve,
  codeConvolveError,
  patchTileBytes,
  phaseParameters,
  phaseRows,
  tileSlack,
} from '../kernels/assembly/codes.ts';
import type { ParameterTensor } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import { featurePadding, type Tensor } from '../tensor.ts';
import { activated, activationTraits, planActivation, planActivationError } from './activation.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';
import { windowIntegers } from './window.ts';

/** The depth of a product is a multiple of so many. */
const depthPadding = 4;

/**
 * `conv FILTERS KERNEL`: PyTorch's cross-correlation, then φ. The weight lies in memory as [patch x filters], a patch being the
 * kernel's cells row by row, each with its channels.
 */
export function planConvolution(layer: ConvolutionLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const linear = layer.activation.name === 'linear';
  const z = plan.tensor(layer.outputShape, true);
  const output = activated(layer.activation, z, layer.outputShape, plan);
  const cells = layer.kernel.reduce((product, size) => product * size, 1);
  // Patches are whole panels only where errors of patches are: an image of one channel would be mostly padding.
  const depth = roundUp(cells * input.features, input.error === 0 ? depthPadding : featurePadding);
  const weights = depth * z.stride;
  const block = plan.parameters(
    layer.index,
    weights + (layer.bias ? z.stride : 0),
    tensorsOf(layer, input, z, weights),
  );
  const biasOf = (start: number): number => (layer.bias ? start + weights * plan.width : 0);
  const tile = plan.forThreads(Math.max(patchTileBytes, 4 * depth * plan.width) + tileSlack);
  const window = windowIntegers(layer);
  const integers = (x: number, weight: number, zAddress: number, adding: boolean): readonly number[] => [
    x,
    input.stride,
    input.features,
    weight,
    biasOf(weight),
    zAddress,
    z.stride,
    depth,
    tile,
    ...window,
    Number(adding),
  ];
  plan.sumValues(input);
  plan.forward.push({
    code: codeConvolve,
    phase: phaseRows,
    integers: integers(input.value, block.values, z.value, false),
  });
  if (!linear) planActivation(layer.activation, z, output, plan);
  plan.sumValues(output);
  plan.recorded.set(layer.index, {
    block,
    input,
    before: z,
    after: output,
    ...activationTraits(layer.activation),
    activation: linear ? undefined : layer.activation.name,
    time: undefined,
  });
  return {
    output,
    backward() {
      if (!linear) planActivationError(layer.activation, z, output, plan);
      plan.sumErrors(z);
      if (input.error !== 0) {
        const adding = plan.addsToError(input);
        plan.backward.push({
          code: codeConvolveError,
          phase: phaseRows,
          integers: integers(input.error, block.values, z.error, adding),
        });
      }
      plan.gradients.push({
        code: codeConvolutionGradient,
        phase: phaseParameters,
        integers: integers(input.value, block.gradient, z.error, false),
      });
    },
  };
}

function tensorsOf(
  layer: ConvolutionLayer,
  input: Tensor,
  z: Tensor,
  weights: number,
): readonly ParameterTensor[] {
  const shape = [layer.filters, input.features, ...layer.kernel];
  const both = { ...fans(shape), default: defaultOf.linear(fans(shape).fanIn) };
  const cell = input.features * z.stride;
  const [, width] = layer.kernel;
  const weight = {
    ...both,
    name: `${layer.name}.weight`,
    shape,
    initialiser: layer.init,
    offset: 0,
    strides: [1, z.stride, ...(width === undefined ? [cell] : [width * cell, cell])],
  };
  const bias = {
    ...both,
    name: `${layer.name}.bias`,
    shape: [layer.filters],
    initialiser: layer.biasInit,
    offset: weights,
    strides: [1],
  };
  return layer.bias ? [weight, bias] : [weight];
}
