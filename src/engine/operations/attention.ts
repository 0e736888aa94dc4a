import type { AttentionLayer, Initialiser } from '../../language/network.ts';
import { roundUp } from '../arena.ts';
import { defaultOf, fans } from '../initialise.ts';
import { codeAttend, codeAttendError, phaseRows } from '../kernels/assembly/codes.ts';
import type { ParameterTensor } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import { featurePadding } from '../tensor.ts';
import { planProduct, planProductError, planWeightGradient } from './dense.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/**
 * `attention HEADS`: PyTorch's `MultiheadAttention` on itself. The input projection yields queries, keys and values side by
 * side, in memory head by head, each head padded to whole tiles.
 */
export function planAttention(layer: AttentionLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const { rows: steps, features, stride } = input;
  const { heads } = layer;
  const headFeatures = features / heads;
  const headStride = roundUp(headFeatures, featurePadding);
  const width = heads * headStride;
  const projections = plan.tensor([steps, 3 * width], true);
  const context = plan.tensor([steps, width], true);
  const output = plan.tensor(layer.outputShape, true);
  const offsets = {
    inputBias: stride * 3 * width,
    outputWeight: stride * 3 * width + 3 * width,
    outputBias: stride * 3 * width + 3 * width + width * stride,
  };
  const block = plan.parameters(
    layer.index,
    offsets.outputBias + stride,
    tensorsOf(layer, { features, stride, headFeatures, headStride, width, ...offsets }),
  );
  const at = (start: number, offset: number): number => start + offset * plan.width;
  const paddedSteps = roundUp(steps, featurePadding);
  const weightNumbers = paddedSteps * paddedSteps;
  const attention = {
    phase: phaseRows,
    integers: [
      projections.value,
      context.value,
      plan.arena.allocate(plan.samples * heads * weightNumbers * plan.width),
      heads,
      headStride,
      steps,
      paddedSteps,
      Number(layer.causal),
      plan.forThreads((4 * paddedSteps * headStride + weightNumbers) * plan.width),
      projections.error,
      context.error,
    ],
    reals: [1 / Math.sqrt(headFeatures)],
  };
  plan.sumValues(input);
  planProduct(plan, input, projections, block.values, at(block.values, offsets.inputBias));
  plan.forward.push({ code: codeAttend, ...attention });
  planProduct(
    plan,
    context,
    output,
    at(block.values, offsets.outputWeight),
    at(block.values, offsets.outputBias),
  );
  plan.sumValues(output);
  plan.recordPlain(layer.index, block, input, output);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      planProductError(plan, context, output, at(block.values, offsets.outputWeight));
      plan.backward.push({ code: codeAttendError, ...attention });
      planProductError(plan, input, projections, block.values);
      planWeightGradient(plan, input, projections, block.gradient, at(block.gradient, offsets.inputBias));
      planWeightGradient(
        plan,
        context,
        output,
        at(block.gradient, offsets.outputWeight),
        at(block.gradient, offsets.outputBias),
      );
    },
  };
}

interface Sizes {
  readonly features: number;
  readonly stride: number;
  readonly headFeatures: number;
  readonly headStride: number;
  readonly width: number;
  readonly inputBias: number;
  readonly outputWeight: number;
  readonly outputBias: number;
}

function tensorsOf(layer: AttentionLayer, sizes: Sizes): readonly ParameterTensor[] {
  const { features, stride, headFeatures, headStride, width } = sizes;
  const { heads } = layer;
  const inputShape = [3 * features, features];
  const outputShape = [features, features];
  const common = (
    name: string,
    initialiser: Initialiser,
    standard: Initialiser,
    shape: readonly number[],
  ) => ({
    ...fans(shape),
    name: `${layer.name}.${name}`,
    initialiser,
    default: standard,
  });
  return [
    {
      ...common('in_proj_weight', layer.init, defaultOf.attentionInput, inputShape),
      shape: inputShape,
      split: [3, heads, headFeatures, features],
      strides: [width, headStride, 1, 3 * width],
      offset: 0,
    },
    {
      ...common('in_proj_bias', layer.biasInit, defaultOf.attentionBias, inputShape),
      shape: [3 * features],
      split: [3, heads, headFeatures],
      strides: [width, headStride, 1],
      offset: sizes.inputBias,
    },
    {
      ...common('out_proj.weight', layer.init, defaultOf.linear(features), outputShape),
      shape: outputShape,
      split: [features, heads, headFeatures],
      strides: [1, headStride * stride, stride],
      offset: sizes.outputWeight,
    },
    {
      ...common('out_proj.bias', layer.biasInit, defaultOf.attentionBias, outputShape),
      shape: [features],
      strides: [1],
      offset: sizes.outputBias,
    },
  ];
}
