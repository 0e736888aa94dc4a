/** A prediction in a few words, for the lens of a network that has not been trained. */
import { formatNumber } from './numbers.ts';
import type { Prediction } from './prediction.ts';
import type { Thresholds } from './verdict.ts';

/** `predicted: vanishing, hidden[1] ≈ 3.1e-7`; undefined where nothing can be said. Gradients at initialisation, not a verdict. */
export function predictionLens(prediction: Prediction, thresholds: Thresholds): string | undefined {
  if (prediction.type === 'not-predictable' || prediction.layers.length === 0) return undefined;
  const byNorm = prediction.layers.toSorted((a, b) => a.norm - b.norm);
  const [smallest, largest] = [byNorm[0], byNorm.at(-1)];
  const outermost = prediction.layers.at(-1);
  if (smallest === undefined || largest === undefined || outermost === undefined) return undefined;
  const mark = smallest.wide ? ', give or take decades' : '';
  if (smallest.norm === 0) return `predicted: no gradient at all in ${smallest.name}`;
  if (largest.norm > thresholds.explode)
    return `predicted: exploding, ${largest.name} ≈ ${formatNumber(largest.norm)}${mark}`;
  if (smallest.norm >= thresholds.threshold && smallest.norm >= thresholds.ratio * outermost.norm)
    return `predicted: gradients ${formatNumber(smallest.norm)} to ${formatNumber(largest.norm)}${mark}`;
  const kind = smallest.norm < outermost.norm / 10 ? 'vanishing' : 'uniformly small';
  return `predicted: ${kind}, ${smallest.name} ≈ ${formatNumber(smallest.norm)}${mark}`;
}
