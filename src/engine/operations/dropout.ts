import type { DropoutLayer } from '../../language/network.ts';
import { codeDropoutMask, codeMultiplyEntries, phaseRows } from '../kernels/assembly/codes.ts';
import type { Plan } from '../plan.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** `dropout P`: every entry is dropped with probability P, the rest is multiplied by 1 / (1 − P); nothing happens when judging. */
export function planDropout(layer: DropoutLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, inputs.exclusive[0] ? input.error : input.error !== 0);
  const { rows, features, stride } = input;
  const factors = plan.matrix(rows, stride);
  plan.forward.push({
    code: codeDropoutMask,
    phase: phaseRows,
    integers: [factors, rows, features, stride, plan.seedWord, layer.index],
    reals: [layer.probability],
  });
  plan.forward.push({
    code: codeMultiplyEntries,
    phase: phaseRows,
    integers: [input.value, factors, output.value, rows, stride, 0],
  });
  return {
    output,
    backward() {
      if (input.error === 0) return;
      const adding = !inputs.exclusive[0] && plan.addsToError(input);
      plan.backward.push({
        code: codeMultiplyEntries,
        phase: phaseRows,
        integers: [output.error, factors, input.error, rows, stride, Number(adding)],
      });
    },
  };
}
