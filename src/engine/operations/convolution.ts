import type { ConvolutionLayer } from '../../language/network.ts';
import { alignment, roundUp } from '../arena.ts';
import { defaultOf, fans } from '../initialise.ts';
import {
  codeAddBlocks,
  codeConvolutionGradient,
  codeConvolve,
  codeConvolveError,
  windowTileBytes,
  phaseParameters,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterBlock, ParameterTensor } from '../parameters.ts';
import { maximumBlocks, type Plan } from '../plan.ts';
import { featurePadding, type Tensor } from '../tensor.ts';
import { planOutput, planOutputError } from './activation.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';
import { planFrames } from './frames.ts';

/** Weights of which every block of a batch's samples has a gradient of its own. */
const mostAddedWeights = 8192;
/** The depth of a product is a multiple of so many. */
const depthPadding = 4;

/**
 * `conv FILTERS KERNEL`: PyTorch's cross-correlation, then φ. The weight lies in memory as [window x filters], a window being the
 * kernel's cells row by row, each with its channels.
 */
export function planConvolution(layer: ConvolutionLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const z = plan.tensor(layer.outputShape, true);
  const cells = layer.kernel.reduce((product, size) => product * size, 1);
  // Windows are whole panels only where their errors are: an image of one channel would be mostly padding.
  const depth = roundUp(cells * input.features, input.error === 0 ? depthPadding : featurePadding);
  const weights = depth * z.stride;
  const block = plan.parameters(
    layer.index,
    weights + (layer.bias ? z.stride : 0),
    tensorsOf(layer, input, z, weights),
  );
  const frames = planFrames(layer, input, plan);
  const integers = (x: number, weight: number, zAddress: number, frame: number): readonly number[] => [
    x,
    input.stride,
    input.features,
    weight,
    layer.bias ? weight + weights * plan.width : 0,
    zAddress,
    z.stride,
    depth,
    frame,
    ...frames.integers,
  ];
  plan.sumValues(input);
  plan.forward.push({
    code: codeConvolve,
    phase: phaseRows,
    integers: integers(input.value, block.values, z.value, frames.address),
  });
  const output = planOutput(layer, block, input, z, plan);
  return {
    output,
    backward() {
      planOutputError(layer.activation, z, output, plan);
      if (input.error !== 0) {
        const adding = Number(plan.addsToError(input));
        const tile = plan.forThreads(Math.max(windowTileBytes, 4 * depth * plan.width));
        plan.backward.push({
          code: codeConvolveError,
          phase: phaseRows,
          integers: [...integers(input.error, block.values, z.error, frames.planErrors()), tile, adding],
        });
      }
      planGradient(plan, block, (weight) => integers(input.value, weight, z.error, frames.address));
    },
  };
}

/**
 * Threads share the samples, and add up what each block of them gives; or, where so many gradients would be too many numbers, they
 * share the numbers of the window. `integersOf` are the record's for a gradient at an address.
 */
function planGradient(
  plan: Plan,
  block: ParameterBlock,
  integersOf: (gradient: number) => readonly number[],
): void {
  if (block.length > mostAddedWeights) {
    plan.gradients.push({
      code: codeConvolutionGradient,
      phase: phaseParameters,
      integers: [...integersOf(block.gradient), 0],
    });
    return;
  }
  const bytes = block.length * plan.width;
  const distance = roundUp(bytes, alignment);
  const blocks = plan.arena.allocate(maximumBlocks * distance);
  plan.backward.push({
    code: codeConvolutionGradient,
    phase: phaseRows,
    integers: [...integersOf(blocks), distance],
  });
  plan.gradients.push({
    code: codeAddBlocks,
    phase: phaseParameters,
    integers: [block.gradient, blocks, distance, bytes],
  });
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
