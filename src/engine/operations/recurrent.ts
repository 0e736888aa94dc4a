import type { RecurrentLayer } from '../../language/network.ts';
import { defaultOf, fans } from '../initialise.ts';
import {
  codeRecurrent,
  codeRecurrentError,
  codeRecurrentGradient,
  codeSaturation,
  codeTransposeWeights,
  phaseColumns,
  phaseParameters,
  phaseRows,
} from '../kernels/assembly/codes.ts';
import type { ParameterTensor } from '../parameters.ts';
import { maximumBlocks, type Plan } from '../plan.ts';
import { matrixOf, type Tensor } from '../tensor.ts';
import { activationNames, activationTraits, saturationNumbers } from './activation.ts';
import { planProductError, planWeightGradient } from './dense.ts';
import type { LayerInputs, PlannedLayer } from './layer.ts';

/** By their numbers in `kernels/assembly/recurrent.ts`, with their gates. */
const cells = ['rnn', 'lstm', 'gru'] as const;
const gatesOf = { rnn: 1, lstm: 4, gru: 3 } as const;

/** `rnn`, `lstm`, `gru`: PyTorch's cells with both biases and a zero first state. */
export function planRecurrent(layer: RecurrentLayer, inputs: LayerInputs, plan: Plan): PlannedLayer {
  const [input] = inputs.tensors;
  const steps = input.rows;
  const gateCount = gatesOf[layer.kind];
  const sequence = layer.returns === 'sequence';
  const last = sequence ? undefined : plan.tensor(layer.outputShape, true);
  const hidden = sequenceTensor(plan, steps, layer.units, 1, last === undefined);
  const { stride } = hidden;
  const gates = sequenceTensor(plan, steps, layer.units, gateCount, true);
  const output = last ?? hidden;
  const inputWeights = input.stride * gates.stride;
  const recurrentWeights = stride * gates.stride;
  const block = plan.parameters(
    layer.index,
    inputWeights + recurrentWeights + 2 * gates.stride,
    tensorsOf(layer, input, stride, gateCount),
  );
  const part = (start: number, offset: number): number => start + offset * plan.width;
  const recurrentStart = inputWeights;
  const inputBias = inputWeights + recurrentWeights;
  const recurrentBias = inputBias + gates.stride;
  // The LSTM's cell states with their tanh, or the recurrent parts of the GRU's gates.
  const states =
    layer.kind === 'rnn' ? 0 : plan.matrix(steps, layer.kind === 'lstm' ? 2 * stride : gates.stride, true);
  // The GRU's new gate is seen through the reset gate by the recurrent weights.
  const recurrentErrors = layer.kind === 'gru' ? plan.matrix(steps, gates.stride, true) : gates.error;
  const cell = [
    steps,
    stride,
    gateCount,
    cells.indexOf(layer.kind),
    activationNames.indexOf(layer.activation.name),
  ];
  const reals = [layer.activation.parameter];
  plan.sumValues(input);
  plan.forward.push({
    code: codeRecurrent,
    phase: phaseRows,
    integers: [
      input.value,
      input.stride,
      block.values,
      part(block.values, recurrentStart),
      part(block.values, inputBias),
      part(block.values, recurrentBias),
      gates.value,
      hidden.value,
      ...cell,
      states,
      last?.value ?? 0,
      plan.arena.allocate(gates.stride * plan.width),
    ],
    reals,
  });
  plan.sumValues(output);
  const traits =
    layer.kind === 'rnn' ? activationTraits(layer.activation) : { saturable: false, mortal: false };
  if (traits.saturable) {
    plan.judging.push({
      code: codeSaturation,
      phase: phaseRows,
      ...saturationNumbers(layer.activation, gates, hidden),
    });
  }
  const time = { steps, sums: plan.arena.allocate(maximumBlocks * steps * 8) };
  plan.recorded.set(layer.index, {
    block,
    input,
    before: gates,
    after: output,
    ...traits,
    activation: layer.kind === 'rnn' ? layer.activation.name : undefined,
    time,
  });
  return {
    output,
    backward() {
      const transposed = plan.arena.allocate(recurrentWeights * plan.width);
      plan.sumErrors(output);
      plan.backward.push({
        code: codeTransposeWeights,
        phase: phaseColumns,
        integers: [part(block.values, recurrentStart), stride, gates.stride, transposed],
      });
      plan.backward.push({
        code: codeRecurrentError,
        phase: phaseRows,
        integers: [
          transposed,
          gates.value,
          hidden.value,
          states,
          gates.error,
          recurrentErrors,
          output.error,
          output.rows,
          ...cell,
          time.sums,
          plan.matrix(1, stride, true),
          plan.matrix(1, stride, true),
          gates.sums,
          layer.units,
        ],
        reals: traits.saturable ? saturationNumbers(layer.activation, gates, hidden).reals : reals,
      });
      plan.sumErrors(gates);
      planProductError(plan, input, gates, block.values);
      planWeightGradient(plan, input, gates, block.gradient, part(block.gradient, inputBias));
      plan.gradients.push({
        code: codeRecurrentGradient,
        phase: phaseParameters,
        integers: [
          hidden.value,
          recurrentErrors,
          part(block.gradient, recurrentStart),
          part(block.gradient, recurrentBias),
          steps,
          stride,
          gates.stride,
        ],
      });
    },
  };
}

/** A tensor whose rows are addressed across samples as well: each step takes the whole batch. */
function sequenceTensor(plan: Plan, steps: number, units: number, gates: number, error: boolean): Tensor {
  const unitStride = matrixOf([steps, units]).stride;
  const stride = gates * unitStride;
  return {
    rows: steps,
    features: gates === 1 ? units : stride,
    stride,
    value: plan.matrix(steps, stride, true),
    error: error ? plan.matrix(steps, stride, true) : 0,
    sums: plan.sums(),
    marks: plan.arena.allocate(maximumBlocks * stride * plan.width),
  };
}

function tensorsOf(
  layer: RecurrentLayer,
  input: Tensor,
  stride: number,
  gates: number,
): readonly ParameterTensor[] {
  const { units, name } = layer;
  const gateStride = gates * stride;
  const standard = defaultOf.recurrent(units);
  const tensor = (
    suffix: string,
    columns: number | undefined,
    initialiser: RecurrentLayer['init'],
    offset: number,
  ): ParameterTensor => {
    const shape = [gates * units, ...(columns === undefined ? [] : [columns])];
    return {
      ...fans([gates * units, columns ?? units]),
      name: `${name}.${suffix}`,
      shape,
      default: standard,
      initialiser,
      offset,
      split: [gates, units, ...(columns === undefined ? [] : [columns])],
      strides: [stride, 1, gateStride],
    };
  };
  const recurrentStart = input.stride * gateStride;
  const biasStart = recurrentStart + stride * gateStride;
  return [
    tensor('weight_ih_l0', input.features, layer.init, 0),
    tensor('weight_hh_l0', units, layer.recurrentInit, recurrentStart),
    tensor('bias_ih_l0', undefined, layer.biasInit, biasStart),
    tensor('bias_hh_l0', undefined, layer.biasInit, biasStart + gateStride),
  ];
}
