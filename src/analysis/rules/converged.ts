/** Norms fell together while the loss fell to its floor: small gradients are what training is for. */
import type { Facts, Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatNumber } from '../numbers.ts';

export function converged({ learning, end, recording, layers, thresholds }: Facts): Ruling | undefined {
  const settled =
    learning.state === 'solved' || (learning.state === 'learning' && learning.trend <= limits.fallingShare);
  if (!settled) return undefined;
  const fell = layers.every((_, layer) => {
    const value = end.metric.values[layer] ?? NaN;
    const peak = recording.extremes(layer, 'norm').max;
    const norm = end.norm.values[layer] ?? NaN;
    return Number.isNaN(value) || value < thresholds.threshold || norm <= limits.convergedFall * peak;
  });
  if (!fell) return undefined;
  const message = `loss ${formatNumber(learning.before)} → ${formatNumber(learning.after)}; the gradient norms fell with it, to at most ${formatNumber(end.norm.largest)}`;
  return {
    finding: {
      id: 'converged',
      severity: 'information',
      layers: layers.map((layer) => layer.name),
      message,
      evidence: {
        loss: learning.after,
        constantLoss: learning.constant,
        progress: learning.progress,
        largest: end.norm.largest,
      },
    },
    verdict: { kind: 'converged', message },
  };
}
