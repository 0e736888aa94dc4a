/** Why the signal decays or grows over a stretch of layers: the parts of the activations, of the weights and of the inputs' size. */
import type { RecordedLayer, Recording } from '../engine/recording.ts';
import { decayFactors } from './decay.ts';
import { limits } from './limits.ts';
import { formatFactor, formatNumber } from './numbers.ts';
import type { Window } from './profile.ts';
import { geometricMean, median } from './regression.ts';
import { countInWords } from './words.ts';

/** The decay of the error from layer `to` down to layer `from`, averaged geometrically over the layers between. */
export interface Cause {
  readonly from: string;
  readonly to: string;
  /** Number of steps from layer to layer. */
  readonly steps: number;
  /** Activations' names in the stretch, each once; normalisation, attention and their like have none. */
  readonly activations: readonly string[];
  /** Besides activations the error passes weights alone, and no normalisation or attention. */
  readonly onlyWeights: boolean;
  /** What the derivatives leave of the error, per layer. */
  readonly derivative: number;
  /** What the weights leave of it, per layer. */
  readonly gain: number;
  /**
   * Size of a layer's input relative to the next layer's: a weight's gradient is error times input, so inputs that grow
   * towards the network's input hide an error that shrinks.
   */
  readonly input: number;
  /** Derivative times gain: below 1 the error shrinks. */
  readonly perLayer: number;
  /** Over the whole stretch. */
  readonly total: number;
}

/**
 * Cause over the layers `from` … `to`; undefined where the factors are not defined, such as beside an exact zero or a
 * recurrent layer, whose error is a sum over time.
 */
export function causeOf(recording: Recording, window: Window, from: number, to: number): Cause | undefined {
  const { layers, rows } = recording;
  const stride = layers.length === 0 ? 0 : rows.values.length / rows.steps.length;
  const seen = Array.from({ length: window.to - window.from }, (_, row) =>
    decayFactors(rows.values, (window.from + row) * stride, layers.length),
  );
  const steps = to - from;
  if (steps < 1 || seen.length === 0) return undefined;
  if (layers.slice(from, to + 1).some(({ timeSteps }) => timeSteps !== undefined)) return undefined;
  const over = (part: 'derivative' | 'gain' | 'input'): number =>
    geometricMean(
      Array.from({ length: steps }, (_, index) =>
        median(seen.map((factors) => factors[from + index]?.[part] ?? NaN)),
      ),
    );
  const derivative = over('derivative');
  const gain = over('gain');
  const perLayer = derivative * gain;
  if (!(perLayer > 0 && perLayer < Infinity)) return undefined;
  const stretch = layers.slice(from, to);
  const isWeights = ({ kind }: RecordedLayer): boolean => kind === 'dense' || kind === 'conv';
  const activations = new Set(
    stretch.flatMap((layer) => layer.activation ?? (isWeights(layer) ? 'linear' : [])),
  );
  const name = (position: number): string => layers[position]?.name ?? '';
  return {
    from: name(from),
    to: name(to),
    steps,
    activations: [...activations],
    onlyWeights: stretch.every(isWeights),
    derivative,
    gain,
    input: over('input'),
    perLayer,
    total: perLayer ** steps,
  };
}

/** "sigmoid′ averages 0.240 over these layers and the weights pass on 1.00: the error shrinks 4.2 times per layer, 410,000 times over nine". */
export function causeSentence(cause: Cause): string {
  const shrinks = cause.perLayer < 1;
  const factor = (value: number): string => formatFactor(shrinks ? 1 / value : value);
  const [activation] = cause.activations;
  const derivative =
    cause.activations.length > 1
      ? `the activations' derivatives average ${formatNumber(cause.derivative)} over these layers and `
      : activation === undefined || (activation === 'linear' && !cause.onlyWeights)
        ? ''
        : activation === 'linear'
          ? 'these layers are linear and '
          : `${activation}′ averages ${formatNumber(cause.derivative)} over these layers and `;
  const others = derivative === '' ? 'these layers pass' : 'what else they do passes';
  const rest = cause.onlyWeights ? 'the weights pass' : others;
  const over = cause.steps > 1 ? `, ${factor(cause.total)} times over ${countInWords(cause.steps)}` : '';
  return `${derivative}${rest} on ${formatNumber(cause.gain)}: the error ${shrinks ? 'shrinks' : 'grows'} ${factor(cause.perLayer)} times per layer${over}${inputWords(cause)}`;
}

/** What the inputs' size does to the gradients of the weights, where it does something. */
function inputWords({ input, steps }: Cause): string {
  const size = input > 1 ? input : 1 / input;
  if (!(size > limits.decayPerLayer) || !Number.isFinite(size)) return '';
  const total = steps > 1 ? `, ${formatFactor(size ** steps)} times in all` : '';
  return `; what enters a layer ${input > 1 ? 'grows' : 'shrinks'} ${formatFactor(size)} times per layer towards the input${total}`;
}

/** The parts as named numbers. */
export function causeEvidence(cause: Cause | undefined): Record<string, number> {
  if (cause === undefined) return {};
  const { derivative, gain, input } = cause;
  return { derivative, gain, input };
}
