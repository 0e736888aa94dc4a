/** hₜ = tanh(W x_t + b + U hₜ₋₁ + c); the last state is the output. */
import {
  activate,
  addGradients,
  addProduct,
  throughActivation,
  transposedProduct,
  type Making,
  type PlainLayer,
} from './layer.ts';

export function recurrent({ batch, inputShape, layer, tensors }: Making): PlainLayer {
  const [weights, recurrence, bias, recurrentBias] = tensors as readonly [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const gradients = tensors.map(({ length }) => new Float32Array(length));
  const [weightGradient, recurrenceGradient, biasGradient, recurrentBiasGradient] = gradients as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [steps = 0, features = 0] = inputShape;
  const states = Array.from({ length: steps + 1 }, () => new Float32Array(batch * bias.length));
  let inputs: readonly Float32Array[] = [];
  return {
    outputShape: [bias.length],
    tensors,
    gradients,
    forward(x) {
      inputs = Array.from({ length: steps }, (_, time) => takeTime(x, time));
      inputs.forEach((input, time) => {
        const state = states[time + 1];
        for (let i = 0; i < state.length; i += 1)
          state[i] = bias[i % bias.length] + recurrentBias[i % bias.length];
        addProduct(state, weights, input, batch);
        addProduct(state, recurrence, states[time], batch);
        activate(state, layer.activation);
      });
      return states[steps];
    },
    backward(outputError, inputErrorWanted) {
      if (inputErrorWanted) throw new Error('The recurrent layer of the reference stands first');
      for (const gradient of gradients) gradient.fill(0);
      let error = outputError;
      for (let time = steps - 1; time >= 0; time -= 1) {
        const through = throughActivation(error, states[time + 1], layer.activation);
        addGradients([weightGradient, biasGradient], through, inputs[time]);
        addGradients([recurrenceGradient, recurrentBiasGradient], through, states[time]);
        error = transposedProduct(recurrence, through, batch);
      }
      return error;
    },
  };

  /** One time step of every sample. */
  function takeTime(x: Float32Array, time: number): Float32Array {
    const taken = new Float32Array(batch * features);
    for (let sample = 0; sample < batch; sample += 1) {
      const from = (sample * steps + time) * features;
      taken.set(x.subarray(from, from + features), sample * features);
    }
    return taken;
  }
}
