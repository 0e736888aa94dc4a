/** y = φ(W x + b). */
import {
  activate,
  addGradients,
  addProduct,
  throughActivation,
  transposedProduct,
  type Making,
  type PlainLayer,
} from './layer.ts';

export function dense({ batch, layer, tensors }: Making): PlainLayer {
  const [weights, bias] = tensors as readonly [Float32Array, Float32Array];
  const gradients = [new Float32Array(weights.length), new Float32Array(bias.length)] as const;
  const y = new Float32Array(batch * bias.length);
  let input = y;
  return {
    outputShape: [bias.length],
    tensors,
    gradients,
    forward(x) {
      input = x as typeof y;
      for (let sample = 0; sample < batch; sample += 1) y.set(bias, sample * bias.length);
      addProduct(y, weights, x, batch);
      activate(y, layer.activation);
      return y;
    },
    backward(outputError, inputErrorWanted) {
      const error = throughActivation(outputError, y, layer.activation);
      for (const gradient of gradients) gradient.fill(0);
      addGradients(gradients, error, input);
      return inputErrorWanted ? transposedProduct(weights, error, batch) : error;
    },
  };
}
