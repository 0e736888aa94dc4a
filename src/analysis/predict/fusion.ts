/** Layers that have to be predicted together with the activation before or behind them. */
import type { Activation, ActivationLayer, CheckedNetwork } from '../../language/network.ts';

export const linear: Activation = { name: 'linear', parameter: 0 };

/** The activation at the end of this layer, where nothing but a max pooling reads it: both are one operation then. */
export function pooledActivation(network: CheckedNetwork, index: number): Activation {
  const layer = network.layers[index];
  return layer !== undefined && 'activation' in layer && laterPooled(network, index)
    ? layer.activation
    : linear;
}

/** Whether the layer's activation is left to the max pooling behind it. */
export function laterPooled(network: CheckedNetwork, index: number): boolean {
  const readers = network.layers.filter((other) => other.inputs.includes(index));
  const layer = network.layers[index];
  if (readers.length !== 1 || readers[0].kind !== 'maxpool' || readers[0].index !== index + 1) return false;
  if (layer?.kind !== 'conv' && layer?.kind !== 'activation') return false;
  return layer.activation.name !== 'softmax' && fusedActivation(network, index - 1) !== layer;
}

/** The elementwise activation layer that reads nothing but this batchnorm, and is not the network's output. */
export function fusedActivation(network: CheckedNetwork, index: number): ActivationLayer | undefined {
  const layer = network.layers[index];
  const next = network.layers[index + 1];
  if (layer?.kind !== 'batchnorm' || next?.kind !== 'activation' || next.activation.name === 'softmax') {
    return undefined;
  }
  const readers = network.layers.filter((other) => other.inputs.includes(index));
  return readers.length === 1 && readers[0] === next && index + 2 < network.layers.length ? next : undefined;
}
