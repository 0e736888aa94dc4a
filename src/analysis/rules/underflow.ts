/** Gradient entries that the run's own number format cannot hold: zero or subnormal, though no unit is dead. */
import type { GradientHistogram } from '../../engine/recording.ts';
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatNumber, formatShare } from '../numbers.ts';
import { numberFormats, shareBelow, shareZero } from '../precision.ts';
import { isStuck, nameLayers } from '../words.ts';

export function underflow(facts: Facts): Ruling | undefined {
  const { recording, learning, layers, network, units } = facts;
  // A float64 run underflows at 1e-308, where nothing is left to tell; its histogram ends far above.
  if (!isStuck(learning) || network.train.precision !== 'float32') return undefined;
  if (Array.from(units.deadShare).some((share) => share >= limits.deadLayerShare)) return undefined;
  const normal = numberFormats.find((format) => format.name === 'fp32')?.smallestNormal ?? NaN;
  const lost = (histogram: GradientHistogram, layer: number): number =>
    shareZero(histogram, layer) + shareBelow(histogram, layer, normal);
  for (const histogram of [recording.histograms.at(-1), recording.histograms[0]]) {
    if (histogram === undefined) continue;
    const found = layers.flatMap((_, layer) =>
      lost(histogram, layer) >= limits.underflowShare ? [layer] : [],
    );
    const nearest = smallestPositive(facts, histogram === recording.histograms[0]);
    if (found.length === 0 || !(nearest <= limits.underflowNeighbour)) continue;
    const names = namesOf(facts, found);
    const share = Math.max(...found.map((layer) => lost(histogram, layer)));
    const message = `${formatShare(share)} of the gradient entries of ${nameLayers(names)} are below float32's smallest normal number 1.18e-38 or exactly 0, though units fire; the smallest norm above 0 is ${formatNumber(nearest)}`;
    const evidence = { share, step: histogram.step, smallestNorm: nearest, limit: 2 ** normal };
    return {
      finding: { id: 'underflow', severity: 'warning', layers: names, message, evidence },
      verdict: { kind: 'underflow', message },
    };
  }
  return undefined;
}

function smallestPositive({ start, end }: Facts, first: boolean): number {
  return Math.min(...(first ? start : end).norm.values.filter((value) => value > 0));
}
