/** Mean and variance of a parameter's entries over draws. */
import { defaultOf } from '../../engine/initialise.ts';
import type { Initialiser } from '../../language/network.ts';

/** Mean and variance of one entry. */
export interface EntryMoments {
  readonly mean: number;
  readonly variance: number;
}

/** Size of a weight as `torch.nn.init` counts it, and what `default` stands for. */
export interface ParameterSize {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly default: Initialiser;
}

/** Moments of an entry of a weight matrix (or kernel) drawn by this initialiser. */
export function entryMoments(initialiser: Initialiser, size: ParameterSize): EntryMoments {
  const { fanIn, fanOut } = size;
  switch (initialiser.name) {
    case 'default':
      return entryMoments(size.default, size);
    case 'zeros':
      return { mean: 0, variance: 0 };
    case 'ones':
      return { mean: 1, variance: 0 };
    case 'constant':
      return { mean: initialiser.value, variance: 0 };
    case 'uniform': {
      const { low, high } = initialiser;
      return { mean: (low + high) / 2, variance: (high - low) ** 2 / 12 };
    }
    case 'normal':
      return { mean: initialiser.mean, variance: initialiser.deviation ** 2 };
    case 'xavier_uniform':
    case 'xavier_normal':
      return { mean: 0, variance: (2 * initialiser.gain ** 2) / (fanIn + fanOut) };
    case 'kaiming_uniform':
    case 'kaiming_normal':
    case 'lecun_uniform':
    case 'lecun_normal':
      return { mean: 0, variance: initialiser.gain ** 2 / fanIn };
    case 'orthogonal':
      return { mean: 0, variance: initialiser.gain ** 2 / Math.max(fanIn, fanOut) };
    default:
      return initialiser satisfies never;
  }
}

/** Sizes for `nn.Linear` and convolutions. */
export function linearSize(fanIn: number, fanOut: number): ParameterSize {
  return { fanIn, fanOut, default: defaultOf.linear(fanIn) };
}
