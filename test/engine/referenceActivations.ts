import type { ActivationName } from '../../src/language/network.ts';

/** PyTorch's activations as the references call them. */
export function readActivation(name: string): ActivationName {
  return name === 'identity' ? 'linear' : (name as ActivationName);
}
