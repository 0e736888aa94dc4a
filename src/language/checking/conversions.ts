/** From resolved words and calls to what the engine is given. */
import type {
  Activation,
  ActivationName,
  Initialiser,
  LossName,
  Optimizer,
  Schedule,
  TrainSettings,
} from '../network.ts';
import type { ResolvedArguments } from './resolved.ts';

/** The many layers that write the same share one object. */
const activations = new WeakMap<ResolvedArguments, Activation>();
const initialisers = new WeakMap<ResolvedArguments, Initialiser>();

export function activationOf(call: ResolvedArguments): Activation {
  const known = activations.get(call) ?? newActivation(call);
  activations.set(call, known);
  return known;
}

export function initialiserOf(call: ResolvedArguments): Initialiser {
  const known = initialisers.get(call) ?? newInitialiser(call);
  initialisers.set(call, known);
  return known;
}

function newActivation(call: ResolvedArguments): Activation {
  const name = call.entry.name as ActivationName;
  const [parameter] = call.entry.arguments;
  return { name, parameter: parameter ? call.number(parameter.name) : 0 };
}

function newInitialiser(call: ResolvedArguments): Initialiser {
  const name = call.entry.name as Initialiser['name'];
  switch (name) {
    case 'default':
    case 'zeros':
    case 'ones':
      return { name };
    case 'uniform':
      return { name, low: call.number('a'), high: call.number('b') };
    case 'normal':
      return { name, mean: call.number('mean'), deviation: call.number('std') };
    case 'constant':
      return { name, value: call.number('c') };
    case 'xavier_uniform':
    case 'xavier_normal':
    case 'kaiming_uniform':
    case 'kaiming_normal':
    case 'lecun_uniform':
    case 'lecun_normal':
    case 'orthogonal':
      return { name, gain: call.number('gain') };
    default:
      return name satisfies never;
  }
}

export function lossOf(call: ResolvedArguments): LossName {
  return call.entry.name as LossName;
}

export function optimizerOf(call: ResolvedArguments): Optimizer {
  const name = call.entry.name as Optimizer['name'];
  const common = { lr: call.number('lr'), weightDecay: call.number('weight_decay') };
  switch (name) {
    case 'sgd':
      return { name, ...common, momentum: call.number('momentum'), nesterov: call.boolean('nesterov') };
    case 'adam':
    case 'adamw':
      return {
        name,
        ...common,
        beta1: call.number('beta1'),
        beta2: call.number('beta2'),
        eps: call.number('eps'),
      };
    case 'rmsprop':
      return {
        name,
        ...common,
        alpha: call.number('alpha'),
        eps: call.number('eps'),
        momentum: call.number('momentum'),
      };
    case 'adagrad':
      return { name, ...common, eps: call.number('eps') };
    default:
      return name satisfies never;
  }
}

export function scheduleOf(call: ResolvedArguments): Schedule {
  const name = call.entry.name as Schedule['name'];
  switch (name) {
    case 'constant':
      return { name };
    case 'step':
      return { name, size: call.number('size'), gamma: call.number('gamma') };
    case 'cosine':
    case 'linear':
      return { name, warmup: call.number('warmup') };
    default:
      return name satisfies never;
  }
}

export function clipOf(call: ResolvedArguments): NonNullable<TrainSettings['clip']> {
  const by = call.entry.name as NonNullable<TrainSettings['clip']>['by'];
  return { by, max: call.number('max') };
}
