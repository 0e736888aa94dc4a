/** What another activation or initialiser would do to the first layer's gradient, before any training. */
import type {
  Activation,
  ActivationName,
  CheckedNetwork,
  Initialiser,
  Layer,
} from '../../language/network.ts';
import { formatFactor, formatNumber } from '../numbers.ts';
import { predict } from './predict.ts';
import type { Batch } from './sampleChoice.ts';

/** What is put in the place of a layer's own. */
export interface Change {
  readonly activation?: Activation;
  readonly init?: Initialiser;
}

/** A change and its effect. */
export interface WhatIf {
  readonly change: Change;
  /** The words that would be written: `relu + kaiming_normal`. */
  readonly words: string;
  /** Predicted norm of the first layer's gradient (root mean square over initialisations), with the change and as it is. */
  readonly norm: number;
  readonly now: number;
  /** `relu + kaiming_normal: 0.0420, 180,000 times more` */
  readonly text: string;
}

/**
 * The effects of changes to a layer, all instances of a repeat together, one at a time: the caller may stop between two. A change
 * that cannot be predicted is left out.
 */
export function* whatIf(
  network: CheckedNetwork,
  batch: Batch,
  layer: number,
  changes: readonly Change[],
): Generator<WhatIf> {
  const now = firstNorm(network, batch);
  if (now === undefined) return;
  for (const change of changes) {
    const norm = firstNorm(changed(network, layer, change), batch);
    if (norm === undefined) continue;
    const words = wordsOf(change);
    yield { change, words, norm, now, text: `${words}: ${formatNumber(norm)}${comparison(norm, now)}` };
  }
}

/** Every activation by itself, and with the initialiser that was made for it. */
export function activationChanges(): readonly Change[] {
  return activationNames.flatMap((name) => {
    const activation = { name, parameter: name === 'leaky_relu' ? 0.01 : name === 'elu' ? 1 : 0 };
    const init = initialiserFor(name);
    return [{ activation }, ...(init === undefined ? [] : [{ activation, init }])];
  });
}

/** Every initialiser that takes no numbers of the user's. */
export function initialiserChanges(): readonly Change[] {
  const scaled = ['xavier_uniform', 'xavier_normal', 'lecun_uniform', 'lecun_normal', 'orthogonal'] as const;
  return [
    { init: { name: 'default' } },
    ...scaled.map((name): Change => ({ init: { name, gain: 1 } })),
    { init: { name: 'kaiming_uniform', gain: Math.SQRT2 } },
    { init: { name: 'kaiming_normal', gain: Math.SQRT2 } },
    { init: { name: 'zeros' } },
  ];
}

const activationNames: readonly ActivationName[] = [
  'linear',
  'sigmoid',
  'tanh',
  'relu',
  'leaky_relu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'softsign',
  'hard_tanh',
  'hard_sigmoid',
  'hard_swish',
  'relu6',
  'exponential',
];

/** He et al. 2015 for rectifiers and their smooth kin, Glorot & Bengio 2010 for odd squashing functions, Klambauer et al. 2017 for selu. */
function initialiserFor(name: ActivationName): Initialiser | undefined {
  switch (name) {
    case 'relu':
    case 'leaky_relu':
    case 'relu6':
    case 'elu':
    case 'gelu':
    case 'silu':
    case 'mish':
    case 'hard_swish':
      return { name: 'kaiming_normal', gain: Math.SQRT2 };
    case 'tanh':
    case 'softsign':
    case 'hard_tanh':
      return { name: 'xavier_normal', gain: 1 };
    case 'selu':
      return { name: 'lecun_normal', gain: 1 };
    default:
      return undefined;
  }
}

function changed(network: CheckedNetwork, index: number, change: Change): CheckedNetwork {
  const chosen = network.layers[index];
  const belongs = (layer: Layer): boolean =>
    layer === chosen ||
    (chosen.repeat !== undefined && layer.repeat !== undefined && layer.span.from === chosen.span.from);
  return {
    ...network,
    layers: network.layers.map((layer): Layer => {
      if (!belongs(layer)) return layer;
      switch (layer.kind) {
        case 'dense':
        case 'conv':
        case 'rnn':
          return { ...layer, ...change };
        case 'activation':
          return change.activation === undefined ? layer : { ...layer, activation: change.activation };
        default:
          return layer;
      }
    }),
  };
}

function firstNorm(network: CheckedNetwork, batch: Batch): number | undefined {
  const prediction = predict(network, batch, { bands: false });
  return prediction.type === 'predicted' ? prediction.layers[0]?.norm : undefined;
}

function wordsOf({ activation, init }: Change): string {
  return [activation?.name, init?.name].filter((word) => word !== undefined).join(' + ');
}

function comparison(norm: number, now: number): string {
  if (now === 0 || norm === 0) return '';
  const factor = norm / now;
  if (Math.abs(factor - 1) < 0.05) return ', as it is now';
  return factor > 1 ? `, ${formatFactor(factor)} times more` : `, ${formatFactor(1 / factor)} times less`;
}
