import type { Activation, Shape } from '../../language/network.ts';
import { pythonNumber } from './python.ts';

/** An activation applied to a Python expression whose value has this shape (without the batch). */
export function activationExpression({ name, parameter }: Activation, of: string, shape: Shape): string {
  switch (name) {
    case 'linear':
      return of;
    case 'sigmoid':
    case 'tanh':
    case 'relu':
      return `torch.${name}(${of})`;
    case 'exponential':
      return `torch.exp(${of})`;
    case 'leaky_relu':
    case 'elu':
      return `F.${name}(${of}, ${pythonNumber(parameter)})`;
    case 'hard_tanh':
    case 'hard_sigmoid':
    case 'hard_swish':
      return `F.${name.replace('_', '')}(${of})`;
    case 'gelu_tanh':
      return `F.gelu(${of}, approximate="tanh")`;
    case 'softmax':
      // Over the features: an image's channels come first in PyTorch.
      return `torch.softmax(${of}, dim=${shape.length === 3 ? 1 : -1})`;
    case 'selu':
    case 'gelu':
    case 'silu':
    case 'mish':
    case 'softplus':
    case 'softsign':
    case 'relu6':
      return `F.${name}(${of})`;
    default:
      return name satisfies never;
  }
}
