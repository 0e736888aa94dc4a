/** Weights drawn with the variance that their activation needs, and biases at zero. */
import { activations } from '../../language/catalogue/activations.ts';
import { setArguments, writtenArgument } from '../../language/edit/values.ts';
import type { Layer } from '../../language/network.ts';
import { entryMoments, linearSize } from '../predict/initialVariance.ts';
import { activationOf, isWeighted } from './activation.ts';
import type { Family, Part, Patient, Source } from './fix.ts';
import { placeOf } from './patient.ts';
import { glorot2010, he2015, klambauer2017, lu2020, saxe2013 } from './sources.ts';

/** Standard deviations that differ by less than this factor are the same to a network. */
const likeEnough = 1.1;

/** An initialiser with what speaks for it. */
interface Choice {
  readonly name: string;
  readonly source: Source;
  /** Variance of a weight, from its fan-in and fan-out. */
  readonly variance: (fanIn: number, fanOut: number) => number;
  readonly why: string;
}

const kaiming: Choice = {
  name: 'kaiming_normal',
  source: he2015,
  variance: (fanIn) => 2 / fanIn,
  why: 'a rectifier passes on half of the squared signal, and weights of variance 2 / fan_in make up for it',
};
const lecun: Choice = {
  name: 'lecun_normal',
  source: klambauer2017,
  variance: (fanIn) => 1 / fanIn,
  why: 'with weights of variance 1 / fan_in selu keeps mean 0 and variance 1 from layer to layer',
};
const xavier: Choice = {
  name: 'xavier_normal',
  source: glorot2010,
  variance: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  why: 'weights of variance 2 / (fan_in + fan_out) keep the size of signals forward and of errors back',
};
const orthogonal: Choice = {
  name: 'orthogonal',
  source: saxe2013,
  variance: (fanIn, fanOut) => 1 / Math.max(fanIn, fanOut),
  why: 'an orthogonal matrix hands errors of a linear layer on at their exact length',
};

/** Draws anew what was drawn too small, too large or all alike. */
export const fittingInitialiser: Family = (patient) => {
  const wrong = new Map<Choice, Part[]>();
  for (const part of patient.parts.filter(isWeighted)) {
    const choice = choiceFor(part, patient);
    if (choice !== undefined && isOff(part, choice)) wrong.set(choice, [...(wrong.get(choice) ?? []), part]);
  }
  const [first] = wrong.keys();
  if (first === undefined) return [];
  const edits = [...wrong].flatMap(([{ name }, parts]) =>
    setArguments(
      patient.file,
      parts.map(({ line }) => line),
      'init',
      name,
    ),
  );
  const what = [...wrong.keys()].map(({ name }) => name).join(' and ');
  const title = `${what} in ${placeOf([...wrong.values()].flat(), patient)}`;
  return [{ title, edits, why: `${capitalised(first.why)}.`, source: first.source }];
};

/** Biases that were set apart from zero, where units are dead or saturated. */
export const zeroBiases: Family = (patient) => {
  const set = patient.parts.filter(
    ({ line, layers: [layer] }) =>
      writtenArgument(line, 'bias_init') !== undefined &&
      layer !== undefined &&
      'biasInit' in layer &&
      layer.biasInit.name !== 'zeros' &&
      layer.biasInit.name !== 'default',
  );
  if (set.length === 0) return [];
  const lines = set.map(({ line }) => line);
  return [
    {
      title: `bias_init=zeros in ${placeOf(set, patient)}`,
      edits: setArguments(patient.file, lines, 'bias_init', 'zeros'),
      why: 'A bias far from zero holds a unit where its derivative is zero, whatever its inputs.',
      source: lu2020,
    },
  ];
};

/** Of the hidden layers all, of the output what does not follow its width: PyTorch's default is small enough there. */
function choiceFor(part: Part, { network, parts }: Patient): Choice | undefined {
  const name = activationOf(part);
  const [layer] = part.layers;
  if (name === undefined || layer === undefined || !('init' in layer)) return undefined;
  if (
    !part.hidden &&
    part.layers.length === 1 &&
    !['normal', 'uniform', 'constant'].includes(layer.init.name)
  )
    return undefined;
  if (network.layers.every((other) => !('activation' in other) || other.activation.name === 'linear'))
    return orthogonal;
  const next = name === 'linear' ? activationBehind(part, parts) : undefined;
  const entry = activations.find((candidate) => candidate.name === (next ?? name));
  if (entry?.initialiser === 'kaiming') return kaiming;
  return entry?.initialiser === 'lecun' ? lecun : xavier;
}

/** The activation on a line of its own that follows the weights, with at most a normalisation between. */
function activationBehind(part: Part, parts: readonly Part[]): ReturnType<typeof activationOf> {
  const behind = parts.slice(parts.indexOf(part) + 1);
  const next = behind.find(({ line }) => !line.kind.text.endsWith('norm'));
  return next?.line.kind.text === 'activation' ? activationOf(next) : undefined;
}

function isOff({ layers }: Part, choice: Choice): boolean {
  return layers.some((layer) => {
    const size = fansOf(layer);
    if (size === undefined || !('init' in layer)) return false;
    const drawn = entryMoments(layer.init, linearSize(size.fanIn, size.fanOut)).variance;
    const factor = Math.sqrt(drawn / choice.variance(size.fanIn, size.fanOut));
    return factor > likeEnough || factor < 1 / likeEnough;
  });
}

/** Inputs and outputs of a unit, as `torch.nn.init` counts them. */
function fansOf(layer: Layer): { readonly fanIn: number; readonly fanOut: number } | undefined {
  if (layer.kind === 'dense') return { fanIn: layer.inputShape.at(-1) ?? 1, fanOut: layer.units };
  if (layer.kind !== 'conv') return undefined;
  const field = layer.kernel.reduce((product, size) => product * size, 1);
  const channels = (layer.inputShape.length === 3 ? layer.inputShape[0] : layer.inputShape[1]) ?? 1;
  return { fanIn: channels * field, fanOut: layer.filters * field };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
