/** y[f, p] = φ(Σ W[f, c, k] x[c, stride · p + k] + b[f]) on channels x height x width, without padding. */
import { activate, throughActivation, type Making, type PlainLayer } from './layer.ts';

export function convolution({ batch, inputShape, layer, tensors }: Making): PlainLayer {
  const [weights, bias] = tensors as readonly [Float32Array, Float32Array];
  const gradients = [new Float32Array(weights.length), new Float32Array(bias.length)] as const;
  const [channels = 0, height = 0, width = 0] = inputShape;
  const [filters = 0, , kernelHeight = 0, kernelWidth = 0] = layer.tensors[0]?.shape ?? [];
  const [down = 1, right = 1] = layer.stride;
  const rows = Math.floor((height - kernelHeight) / down) + 1;
  const columns = Math.floor((width - kernelWidth) / right) + 1;
  const y = new Float32Array(batch * filters * rows * columns);
  let input = y;
  return {
    outputShape: [filters, rows, columns],
    tensors,
    gradients,
    forward(x) {
      input = x as typeof y;
      for (let output = 0; output < y.length; output += 1) y[output] = bias[filterOf(output)];
      forEachTap((output, weight, place) => {
        y[output] += weights[weight] * x[place];
      });
      activate(y, layer.activation);
      return y;
    },
    backward(outputError, inputErrorWanted) {
      const error = throughActivation(outputError, y, layer.activation);
      for (const gradient of gradients) gradient.fill(0);
      for (let output = 0; output < y.length; output += 1) gradients[1][filterOf(output)] += error[output];
      forEachTap((output, weight, place) => {
        gradients[0][weight] += error[output] * input[place];
      });
      const inputError = new Float32Array(inputErrorWanted ? input.length : 0);
      if (inputErrorWanted) {
        forEachTap((output, weight, place) => {
          inputError[place] += weights[weight] * error[output];
        });
      }
      return inputError;
    },
  };

  function filterOf(output: number): number {
    return Math.floor(output / (rows * columns)) % filters;
  }

  /** Visits every triple of an output, a weight and the input place between them. */
  function forEachTap(visit: (output: number, weight: number, place: number) => void): void {
    for (let output = 0; output < y.length; output += 1) {
      const filter = filterOf(output);
      const sample = Math.floor(output / (filters * rows * columns));
      const top = (Math.floor(output / columns) % rows) * down;
      const left = (output % columns) * right;
      for (let channel = 0; channel < channels; channel += 1) {
        for (let row = 0; row < kernelHeight; row += 1) {
          const weight = ((filter * channels + channel) * kernelHeight + row) * kernelWidth;
          const place = ((sample * channels + channel) * height + top + row) * width + left;
          for (let column = 0; column < kernelWidth; column += 1)
            visit(output, weight + column, place + column);
        }
      }
    }
  }
}
