/** Layers that join two earlier outputs. */
import type { PlainLayer, ResidualLayer } from '../../language/network.ts';
import { defaultOf, fans } from '../initialise.ts';
import { codeAddValues, codeCopyColumns, phaseRows } from '../kernels/assembly/codes.ts';
import type { Plan } from '../plan.ts';
import type { Tensor } from '../tensor.ts';
import { planProduct, planProductError, planWeightGradient } from './dense.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `add LABEL`, and a residual block's end where nothing is projected: both inputs get the whole error. */
export function planAdd(layer: PlainLayer | ResidualLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [first, second] = pairOf(inputs);
  // In place where nobody else takes the first: its error is this one's until its own producer goes on from there.
  const inPlace = inputs.exclusive[0] && first.error !== 0 && first !== second;
  const output = plan.tensor(
    layer.outputShape,
    inPlace ? first.error : first.error !== 0 || second.error !== 0,
  );
  planSum(plan, first, second, output);
  return {
    output,
    backward() {
      plan.passError(output.error, second);
      if (!inPlace) plan.passError(output.error, first);
    },
  };
}

/** `concat LABEL`: features, or channels, side by side. */
export function planConcat(layer: PlainLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const parts = pairOf(inputs);
  const output = plan.tensor(
    layer.outputShape,
    parts.some(({ error }) => error !== 0),
  );
  const starts = [0, parts[0].features];
  parts.forEach((part, index) => {
    plan.forward.push({
      code: codeCopyColumns,
      phase: phaseRows,
      integers: [
        part.value,
        part.stride,
        0,
        output.value,
        output.stride,
        starts[index],
        part.features,
        part.rows,
        0,
      ],
    });
  });
  return {
    output,
    backward() {
      parts.forEach((part, index) => {
        if (part.error === 0) return;
        const adding = Number(plan.addsToError(part));
        const from = [output.error, output.stride, starts[index]];
        plan.backward.push({
          code: codeCopyColumns,
          phase: phaseRows,
          integers: [...from, part.error, part.stride, 0, part.features, part.rows, adding],
        });
      });
    },
  };
}

/** A residual block whose shortcut is a learned map of what entered: dense on every row, which on images is a 1 x 1 convolution. */
export function planProjectedResidual(layer: ResidualLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [body, entered] = pairOf(inputs);
  const output = plan.tensor(layer.outputShape, true);
  const projected = plan.tensor(layer.outputShape, output.error);
  const weights = entered.stride * output.stride;
  const shape = [output.features, entered.features, ...(layer.outputShape.length === 3 ? [1, 1] : [])];
  const both = {
    ...fans(shape),
    default: defaultOf.linear(entered.features),
    initialiser: { name: 'default' } as const,
  };
  const weight = {
    ...both,
    name: `${layer.name}.weight`,
    shape,
    offset: 0,
    strides: [1, output.stride, 0, 0].slice(0, shape.length),
  };
  const bias = {
    ...both,
    name: `${layer.name}.bias`,
    shape: [output.features],
    offset: weights,
    strides: [1],
  };
  const block = plan.parameters(layer.index, weights + output.stride, [weight, bias], {
    rows: entered.stride,
    stride: output.stride,
  });
  plan.sumValues(entered);
  planProduct(plan, entered, projected, block.values, block.values + weights * plan.width);
  planSum(plan, body, projected, output);
  plan.sumValues(output);
  plan.recordPlain(layer.index, block, entered, output);
  return {
    output,
    backward() {
      plan.sumErrors(output);
      plan.passError(output.error, body);
      planProductError(plan, entered, projected, block.values);
      const biasGradient = block.gradient + weights * plan.width;
      planWeightGradient(plan, entered, projected, block.gradient, biasGradient, block);
    },
  };
}

function planSum(plan: Plan, a: Tensor, b: Tensor, sum: Tensor): void {
  plan.forward.push({
    code: codeAddValues,
    phase: phaseRows,
    integers: [a.value, b.value, sum.value, sum.rows, sum.stride],
  });
}

function pairOf({ tensors }: LayerInputs): readonly [Tensor, Tensor] {
  const [first, second] = tensors;
  if (second === undefined) throw new Error('A join takes two inputs');
  return [first, second];
}
