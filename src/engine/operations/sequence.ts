/** Layers that bring tokens and places in time into vectors. */
import type { EmbeddingLayer, PlainLayer } from '../../language/network.ts';
import { defaultOf } from '../initialise.ts';
import {
  codeAddPositions,
  codeEmbed,
  codeEmbedGradient,
  codePositionGradient,
  phaseParameters,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterBlock } from '../parameters.ts';
import type { Plan } from '../plan.ts';
import type { Tensor } from '../tensor.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `embedding VOCAB DIM`: the row of a table for each token. */
export function planEmbedding(layer: EmbeddingLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [tokens] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, true);
  const { rows, stride } = output;
  const shape = [layer.vocabulary, layer.dimension];
  const length = layer.vocabulary * stride;
  const block = plan.parameters(layer.index, length, [
    {
      name: `${layer.name}.weight`,
      shape,
      fanIn: layer.dimension,
      fanOut: layer.vocabulary,
      default: defaultOf.embedding,
      initialiser: layer.init,
      offset: 0,
      strides: [stride, 1],
    },
  ]);
  plan.forward.push({
    code: codeEmbed,
    phase: phaseRows,
    integers: [tokens.value, tokens.stride, block.values, output.value, rows, stride],
  });
  record(layer.index, block, undefined, output, plan);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      plan.gradients.push({
        code: codeEmbedGradient,
        phase: phaseParameters,
        integers: [tokens.value, tokens.stride, block.gradient, output.error, rows, stride, length],
      });
    },
  };
}

/** `position`: a learned vector for every time step, added. */
export function planPosition(layer: PlainLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, true);
  const { rows, features, stride } = output;
  const block = plan.parameters(layer.index, rows * stride, [
    {
      name: `${layer.name}.weight`,
      shape: [rows, features],
      fanIn: features,
      fanOut: rows,
      default: defaultOf.embedding,
      initialiser: { name: 'default' },
      offset: 0,
      strides: [stride, 1],
    },
  ]);
  plan.sumValues(input);
  plan.forward.push({
    code: codeAddPositions,
    phase: phaseRows,
    integers: [input.value, block.values, output.value, rows, stride],
  });
  record(layer.index, block, input, output, plan);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      plan.passError(output.error, input);
      plan.gradients.push({
        code: codePositionGradient,
        phase: phaseParameters,
        integers: [output.error, block.gradient, rows * stride],
      });
    },
  };
}

function record(
  layer: number,
  block: ParameterBlock,
  input: Tensor | undefined,
  output: Tensor,
  plan: Plan,
): void {
  plan.sumValues(output);
  plan.recordPlain(layer, block, input, output);
}
