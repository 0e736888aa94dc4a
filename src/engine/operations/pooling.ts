import type { PlainLayer, PoolingLayer } from '../../language/network.ts';
import {
  codeAveragePool,
  codeAveragePoolError,
  codeGlobalPool,
  codeGlobalPoolError,
  codeMaximumPool,
  codeMaximumPoolError,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { Plan } from '../plan.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';
import { windowIntegers } from './window.ts';

/** `maxpool SIZE` and `avgpool SIZE`, channel by channel. */
export function planPooling(layer: PoolingLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, input.error !== 0);
  const largest = layer.kind === 'maxpool';
  const winners = largest ? plan.matrix(output.rows, output.stride) : 0;
  const window = windowIntegers({ ...layer, kernel: layer.size, dilation: layer.size.map(() => 1) });
  plan.forward.push({
    code: largest ? codeMaximumPool : codeAveragePool,
    phase: phaseRows,
    integers: [input.value, output.value, output.stride, winners, ...window],
  });
  return {
    output,
    backward() {
      if (input.error === 0) return;
      const adding = Number(plan.addsToError(input));
      plan.backward.push({
        code: largest ? codeMaximumPoolError : codeAveragePoolError,
        phase: phaseRows,
        integers: [input.error, output.error, output.stride, winners, ...window, adding],
      });
    },
  };
}

/** `globalpool`: the mean over all places or time steps. */
export function planGlobalPool(layer: PlainLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const output = plan.tensor(layer.outputShape, input.error !== 0);
  plan.forward.push({
    code: codeGlobalPool,
    phase: phaseRows,
    integers: [input.value, output.value, input.rows, input.stride],
  });
  return {
    output,
    backward() {
      if (input.error === 0) return;
      plan.backward.push({
        code: codeGlobalPoolError,
        phase: phaseRows,
        integers: [input.error, output.error, input.rows, input.stride, Number(plan.addsToError(input))],
      });
    },
  };
}
