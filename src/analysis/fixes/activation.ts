/** Squashing activations give way to rectifiers, or to tanh, with the initialiser that belongs to them. */
import { activations } from '../../language/catalogue/activations.ts';
import { setArguments } from '../../language/edit/values.ts';
import type { ActivationName } from '../../language/network.ts';
import { formatSetting } from '../numbers.ts';
import type { Family, Part, Patient, Proposal } from './fix.ts';
import { placeOf } from './patient.ts';
import { glorot2010, he2015 } from './sources.ts';

/** Losses that any real number may go into, so that the output may be a rectifier, too. */
const regression: ReadonlySet<string> = new Set(['mse', 'mae', 'huber']);
/** Share of the decay, in logarithms, below which the activation is not what shrinks the error. */
const leastPart = 0.2;

/** For errors that the activations' derivatives shrink, and for activations that grow without bound. */
export const otherActivation: Family = (patient) => {
  const changed = squashing(patient);
  const [first] = changed;
  const name = first && activationOf(first);
  if (name === undefined || !derivativeShrinks(patient)) return [];
  const entry = activations.find((candidate) => candidate.name === name);
  const largest = entry?.largestDerivative ?? 1;
  const what =
    name === 'exponential'
      ? 'exponential grows without bound, and its derivative with it'
      : `${name} passes on at most ${formatSetting(Number(largest.toPrecision(2)))} of the error and next to nothing where it is flat`;
  const rectified = proposal(patient, changed, 'relu', 'kaiming_normal', {
    why: `${what}; relu passes on all of it where it fires, and weights of variance 2 / fan_in keep its size at any depth.`,
    source: he2015,
  });
  if (largest > 0.5 && name !== 'exponential') return [rectified];
  const centred = proposal(patient, changed, 'tanh', 'xavier_normal', {
    why: `${what}; tanh′ is 1 at 0, where Glorot's weights keep its inputs.`,
    source: glorot2010,
  });
  return [rectified, centred];
};

function proposal(
  patient: Patient,
  changed: readonly Part[],
  activation: ActivationName,
  init: string,
  reason: Pick<Proposal, 'why' | 'source'>,
): Proposal {
  const { file, parts } = patient;
  // The weights in front of an activation on a line of its own belong to it.
  const separate = changed.some(({ line }) => line.kind.text === 'activation');
  const drawn = parts.filter(
    (part) =>
      isWeighted(part) &&
      (changed.includes(part) || (separate && part.hidden && activationOf(part) === 'linear')),
  );
  const lines = changed.map(({ line }) => line);
  return {
    title: `${activation} with ${init} in ${placeOf([...new Set([...changed, ...drawn])], patient)}`,
    edits: [
      ...setArguments(file, lines, 'activation', activation),
      ...setArguments(
        file,
        drawn.map(({ line }) => line),
        'init',
        init,
      ),
    ],
    ...reason,
  };
}

/** Lines with an activation that is flat towards both sides, or that grows without bound. */
function squashing({ parts, network }: Patient): Part[] {
  const flat = new Set(activations.filter((entry) => entry.flat === 'both sides').map((entry) => entry.name));
  return parts.filter((part) => {
    const name = activationOf(part);
    if (name === undefined || name === 'softmax' || !(flat.has(name) || name === 'exponential')) return false;
    const alsoOutput = part.layers.length > 1 && regression.has(network.train.loss);
    return part.line.kind.text !== 'rnn' && (part.hidden || alsoOutput);
  });
}

function derivativeShrinks({ cause }: Patient): boolean {
  if (cause === undefined || cause.derivative === 0) return true;
  const lost = Math.log(cause.derivative);
  return Math.abs(lost) > leastPart * Math.abs(Math.log(cause.gain)) && Math.abs(lost) > Math.log(1.1);
}

/** The activation of a line's layers; undefined where they have none. */
export function activationOf({ layers: [layer] }: Part): ActivationName | undefined {
  return layer !== undefined && 'activation' in layer ? layer.activation.name : undefined;
}

/** Dense layers and convolutions: their weights are drawn for the activation that follows. */
export function isWeighted({ layers: [layer] }: Part): boolean {
  return layer?.kind === 'dense' || layer?.kind === 'conv';
}
