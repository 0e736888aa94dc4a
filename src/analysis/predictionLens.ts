/** A prediction in a few words, for the lens of a network that has not been trained. */
import { decayOf, growthOf } from './depth.ts';
import { formatNumber } from './numbers.ts';
import type { PredictedLayer, Prediction } from './prediction.ts';
import { describe } from './profile.ts';
import type { Thresholds } from './verdict.ts';

/**
 * `predicted: vanishing, hidden[1] ≈ 3.1e-7`; undefined where nothing can be said. Gradients at initialisation, not a verdict,
 * but held against the thresholds as a verdict holds them: norms first, then the errors that weight gradients can hide.
 */
export function predictionLens(prediction: Prediction, thresholds: Thresholds): string | undefined {
  if (prediction.type === 'not-predictable') return undefined;
  const { layers } = prediction;
  const { threshold, ratio, explode } = thresholds;
  const byNorm = layers.toSorted((a, b) => a.norm - b.norm);
  const [smallest, largest] = [byNorm[0], byNorm.at(-1)];
  const outermost = layers.at(-1);
  if (smallest === undefined || largest === undefined || outermost === undefined) return undefined;
  if (smallest.norm === 0) return `predicted: no gradient at all in ${smallest.name}`;

  const norms = describe(layers.map(({ norm }) => norm));
  if (largest.norm > explode || growthOf(norms, ratio) !== undefined) return say('exploding', largest);
  const vanishing = decayOf(norms, threshold, ratio);
  if (vanishing !== undefined) return say('vanishing', layers[vanishing.extreme] ?? smallest);
  const lost = isLinear(layers) ? undefined : decayOf(describe(layers.map(({ error }) => error)), 0, ratio);
  const losing = lost && layers[lost.extreme];
  if (losing !== undefined)
    return `predicted: vanishing, error at ${losing.name} ≈ ${formatNumber(losing.error)}${doubt(losing)}`;
  if (smallest.norm >= threshold && smallest.norm >= ratio * outermost.norm)
    return `predicted: gradients ${formatNumber(smallest.norm)} to ${formatNumber(largest.norm)}${doubt(smallest)}`;
  return say(smallest.norm < outermost.norm / 10 ? 'vanishing' : 'uniformly small', smallest);
}

function say(kind: string, layer: PredictedLayer): string {
  return `predicted: ${kind}, ${layer.name} ≈ ${formatNumber(layer.norm)}${doubt(layer)}`;
}

function doubt({ wide }: PredictedLayer): string {
  return wide ? ', give or take decades' : '';
}

/** No activation takes anything from the error: the decay of the errors and that of the activations are one product, which every layer shares. */
function isLinear(layers: readonly PredictedLayer[]): boolean {
  return layers.every(({ decay }) => decay === undefined || Math.abs(decay.derivative - 1) < 1e-9);
}
