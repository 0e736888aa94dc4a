import type { Optimizer } from '../language/network.ts';
import { codeUpdate, phaseUpdate } from './kernels/assembly/codes.ts';
import type { ParameterBlock } from './parameters.ts';
import type { Operation } from './program.ts';

/** In the order of their numbers in `kernels/assembly/optimizers.ts`. */
const optimizerNames = [
  'sgd',
  'adam',
  'adamw',
  'rmsprop',
  'adagrad',
] as const satisfies readonly Optimizer['name'][];

/** Which histories an optimizer keeps for each parameter: a first (velocity, mean) and a second (mean square). */
export function historiesOf(optimizer: Optimizer): { readonly first: boolean; readonly second: boolean } {
  switch (optimizer.name) {
    case 'sgd':
      return { first: optimizer.momentum !== 0, second: false };
    case 'adam':
    case 'adamw':
      return { first: true, second: true };
    case 'rmsprop':
      return { first: optimizer.momentum !== 0, second: true };
    case 'adagrad':
      return { first: false, second: true };
    default:
      return optimizer satisfies never;
  }
}

/** The update of one layer's parameters; `summed` where the gradient's sums were taken before. `bound` clips entries, 0 does not. */
export function planUpdate(
  optimizer: Optimizer,
  block: ParameterBlock,
  bound: number,
  summed: boolean,
): Operation {
  const nesterov = optimizer.name === 'sgd' && optimizer.nesterov;
  return {
    code: codeUpdate,
    phase: phaseUpdate,
    integers: [
      block.gradient,
      block.values,
      block.first,
      block.second,
      block.length,
      block.partLength,
      block.sums,
      optimizerNames.indexOf(optimizer.name),
      Number(nesterov),
      Number(!summed),
      block.parts,
    ],
    reals: [...coefficients(optimizer), optimizer.weightDecay, bound],
  };
}

/** Momentum or β₁, β₂ or α, ε. */
function coefficients(optimizer: Optimizer): readonly [number, number, number] {
  switch (optimizer.name) {
    case 'sgd':
      return [optimizer.momentum, 0, 0];
    case 'adam':
    case 'adamw':
      return [optimizer.beta1, optimizer.beta2, optimizer.eps];
    case 'rmsprop':
      return [optimizer.momentum, optimizer.alpha, optimizer.eps];
    case 'adagrad':
      return [0, 0, optimizer.eps];
    default:
      return optimizer satisfies never;
  }
}

/** 1 − βᵗ for Adam's update number t = step + 1; by squaring, so that every machine gets the same bits. */
export function biasCorrection(beta: number, step: number): number {
  let power = 1;
  let factor = beta;
  for (let exponent = step + 1; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) power *= factor;
    factor *= factor;
  }
  return 1 - power;
}
