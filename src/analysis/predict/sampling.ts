/** Where no recursion holds (lstm, gru, attention, weights that are not drawn around 0): a few initialisations are drawn and measured. */
import type { PredictedLayer, Prediction } from '../prediction.ts';
import { normalQuantile } from './gaussian/normal.ts';
import { quantile, variance } from './quantiles.ts';

/** One layer's state in one initialisation, in the quantities of `engine/recording.ts`. */
export interface SampledLayer {
  readonly name: string;
  readonly norm: number;
  readonly error: number;
  readonly outputError: number;
}

/** Draws the initialisation of this seed and measures every layer with parameters; undefined where it cannot be run. */
export type SampleInitialisation = (seed: number) => readonly SampledLayer[] | undefined;

/** Initialisations that are drawn. */
export const sampledInitialisations = 8;
/** Above this variance of ln ‖∇‖² initialisations differ by decades. */
const wideVariance = 10;

/** Median and band of a few measured initialisations; undefined where one cannot be run. */
export function predictBySampling(
  sample: SampleInitialisation,
  cancelled: () => boolean,
): Prediction | undefined {
  const draws: (readonly SampledLayer[])[] = [];
  for (let seed = 1; seed <= sampledInitialisations; seed++) {
    if (cancelled()) return { type: 'not-predictable', reason: 'it was cancelled' };
    const layers = sample(seed);
    if (layers === undefined) return undefined;
    draws.push(layers);
  }
  const [first = []] = draws;
  const layers = first.map(({ name }, index) => layerOf(name, draws, index));
  return { type: 'predicted', how: 'sampled initialisations', layers };
}

function layerOf(name: string, draws: readonly (readonly SampledLayer[])[], index: number): PredictedLayer {
  const median = (quantity: 'norm' | 'error' | 'outputError', layer: number): number =>
    quantile(
      Float64Array.from(draws, (layers) => layers[layer][quantity]),
      0.5,
    );
  const norms = Float64Array.from(draws, (layers) => layers[index].norm);
  const logs = norms.map(Math.log);
  const norm = median('norm', index);
  const spread = norms.every((value) => value > 0);
  // Eight values say more of a band through their deviation than through their extremes.
  const width = Math.exp(
    normalQuantile(0.9) * Math.sqrt((variance(logs) * draws.length) / (draws.length - 1)),
  );
  const next = draws[0]?.[index + 1];
  const derivative = (median('error', index) / median('outputError', index)) ** 2;
  const gain = next === undefined ? NaN : (median('outputError', index) / median('error', index + 1)) ** 2;
  const whole = next === undefined ? NaN : (norm / median('norm', index + 1)) ** 2;
  const decay = { gain, derivative, input: whole / (gain * derivative) };
  return {
    name,
    norm,
    p10: spread ? norm / width : quantile(norms, 0.1),
    p90: spread ? norm * width : quantile(norms, 0.9),
    error: median('error', index),
    decay: Object.values(decay).every((part) => part > 0 && Number.isFinite(part)) ? decay : undefined,
    // ln ‖∇‖² has four times the variance of ln ‖∇‖.
    wide: 4 * variance(logs) > wideVariance,
  };
}
