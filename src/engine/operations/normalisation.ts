import type { Initialiser, NormalisationLayer } from '../../language/network.ts';
import { normalisationEpsilon } from '../../language/normalisationEpsilon.ts';
import { defaultOf } from '../initialise.ts';
import {
  codeBatchNormalise,
  codeBatchNormaliseError,
  codeRowNormalise,
  codeRowNormaliseError,
  codeRowNormaliseGradient,
  phaseColumns,
  phaseParameters,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterBlock, ParameterTensor } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import type { Tensor } from '../tensor.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `batchnorm`: every feature over the batch and all its rows. */
export function planBatchNorm(layer: NormalisationLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, true);
  const { stride, rows } = input;
  const block = plan.parameters(layer.index, 2 * stride, scaleAndShift(layer, [input.features], [1], stride));
  const row = (): number => plan.arena.allocate(stride * plan.width);
  const [means, scales, runningMeans, runningVariances] = [row(), row(), row(), row()];
  plan.fills.push({ address: runningVariances, length: stride, value: 1 });
  plan.sumValues(input);
  // Split by columns: a feature's mean is over all samples.
  plan.forward.push({
    code: codeBatchNormalise,
    phase: phaseColumns,
    integers: [
      input.value,
      output.value,
      rows,
      stride,
      block.values,
      means,
      scales,
      runningMeans,
      runningVariances,
    ],
    reals: [normalisationEpsilon(layer, plan.precision)],
  });
  record(layer, block, input, output, plan);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      const adding = input.error !== 0 && plan.addsToError(input);
      plan.backward.push({
        code: codeBatchNormaliseError,
        phase: phaseColumns,
        integers: [
          input.value,
          output.error,
          rows,
          stride,
          block.values,
          means,
          scales,
          input.error,
          block.gradient,
          Number(adding),
        ],
      });
    },
  };
}

/** `layernorm` and `rmsnorm`: every row over its features, an image over all its entries. */
export function planRowNorm(layer: NormalisationLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, true);
  const { rows, features, stride } = input;
  const image = layer.inputShape.length === 3;
  const groupRows = image ? rows : 1;
  const length = groupRows * stride;
  const centred = layer.kind === 'layernorm';
  const shape = image ? layer.inputShape : [features];
  const strides = image ? [1, layer.inputShape[2] * stride, stride] : [1];
  const tensors = scaleAndShift(layer, shape, strides, length);
  const block = plan.parameters(
    layer.index,
    centred ? 2 * length : length,
    centred ? tensors : tensors.slice(0, 1),
  );
  // Mean and reciprocal deviation of each group, float64.
  const pairs = plan.arena.allocate((plan.samples * rows * 16) / groupRows);
  const common = [rows, features, stride, block.values, pairs, groupRows, Number(centred)];
  plan.sumValues(input);
  plan.forward.push({
    code: codeRowNormalise,
    phase: phaseRows,
    integers: [input.value, output.value, ...common],
    reals: [normalisationEpsilon(layer, plan.precision)],
  });
  record(layer, block, input, output, plan);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      if (input.error !== 0) {
        const adding = Number(plan.addsToError(input));
        plan.backward.push({
          code: codeRowNormaliseError,
          phase: phaseRows,
          integers: [input.value, output.error, ...common, input.error, adding],
        });
      }
      plan.gradients.push({
        code: codeRowNormaliseGradient,
        phase: phaseParameters,
        integers: [input.value, output.error, ...common, block.gradient],
      });
    },
  };
}

function record(
  layer: NormalisationLayer,
  block: ParameterBlock,
  input: Tensor,
  output: Tensor,
  plan: Plan,
): void {
  plan.sumValues(output);
  plan.recordPlain(layer.index, block, input, output);
}

/** γ and, `length` numbers behind it, β. */
function scaleAndShift(
  layer: NormalisationLayer,
  shape: readonly number[],
  strides: readonly number[],
  length: number,
): readonly [ParameterTensor, ParameterTensor] {
  const tensor = (name: string, standard: Initialiser, offset: number): ParameterTensor => ({
    name: `${layer.name}.${name}`,
    shape,
    strides,
    offset,
    initialiser: standard,
    default: standard,
    fanIn: 1,
    fanOut: 1,
  });
  return [tensor('weight', defaultOf.scale, 0), tensor('bias', defaultOf.shift, length)];
}
