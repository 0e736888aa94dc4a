/** Why the signal decays or grows over a stretch of layers: the part of the activations and the part of the weights. */
import type { Recording } from '../engine/recording.ts';
import { decayFactors } from './decay.ts';
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
  /** Activations' names in the stretch, each once. */
  readonly activations: readonly string[];
  /** What the derivatives leave of the error, per layer. */
  readonly derivative: number;
  /** What the weights leave of it, per layer. */
  readonly gain: number;
  /** Both: below 1 the error shrinks. */
  readonly perLayer: number;
  /** Over the whole stretch. */
  readonly total: number;
}

/** Cause over the layers `from` … `to`; undefined where the factors are not defined, such as beside an exact zero. */
export function causeOf(recording: Recording, window: Window, from: number, to: number): Cause | undefined {
  const { layers, rows } = recording;
  const stride = layers.length === 0 ? 0 : rows.values.length / rows.steps.length;
  const seen = Array.from({ length: window.to - window.from }, (_, row) =>
    decayFactors(rows.values, (window.from + row) * stride, layers.length),
  );
  const steps = to - from;
  if (steps < 1 || seen.length === 0) return undefined;
  const over = (part: 'derivative' | 'gain'): number =>
    geometricMean(
      Array.from({ length: steps }, (_, index) =>
        median(seen.map((factors) => factors[from + index]?.[part] ?? NaN)),
      ),
    );
  const derivative = over('derivative');
  const gain = over('gain');
  const perLayer = derivative * gain;
  if (!(perLayer > 0 && perLayer < Infinity)) return undefined;
  const activations = [...new Set(layers.slice(from, to).map((layer) => layer.activation ?? 'linear'))];
  const name = (position: number): string => layers[position]?.name ?? '';
  return {
    from: name(from),
    to: name(to),
    steps,
    activations,
    derivative,
    gain,
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
      ? `the activations' derivatives average ${formatNumber(cause.derivative)} over these layers`
      : activation === 'linear'
        ? 'these layers are linear'
        : `${activation}′ averages ${formatNumber(cause.derivative)} over these layers`;
  const over = cause.steps > 1 ? `, ${factor(cause.total)} times over ${countInWords(cause.steps)}` : '';
  return `${derivative} and the weights pass on ${formatNumber(cause.gain)}: the error ${shrinks ? 'shrinks' : 'grows'} ${factor(cause.perLayer)} times per layer${over}`;
}
