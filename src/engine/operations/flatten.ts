import type { PlainLayer } from '../../language/network.ts';
import { codeFlatten, codeUnflatten, phaseRows } from '../kernels/assembly/codes.ts';
import type { Plan } from '../plan.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `flatten`: a vector in PyTorch's order, channels x height x width for images, time x features for sequences. */
export function planFlatten(layer: PlainLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, input.error !== 0);
  const image = layer.inputShape.length === 3;
  const integers = (matrix: number, flat: number): readonly number[] => [
    matrix,
    input.rows,
    input.features,
    input.stride,
    flat,
    output.stride,
    Number(image),
  ];
  plan.forward.push({ code: codeFlatten, phase: phaseRows, integers: integers(input.value, output.value) });
  return {
    output,
    backward() {
      if (input.error === 0) return;
      plan.backward.push({
        code: codeUnflatten,
        phase: phaseRows,
        integers: [...integers(input.error, output.error), Number(plan.addsToError(input))],
      });
    },
  };
}
