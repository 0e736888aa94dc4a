/** What the line above a layer says before any run: only where something is predicted to be too small or too large. */
import { formatNumber, formatSetting } from '../../analysis/numbers.ts';
import type { PredictedLayer } from '../../analysis/prediction.ts';
import type { Thresholds } from '../../analysis/verdict.ts';
import type { Layer } from '../../language/network.ts';

/** From predictions by layer name: `predicted: gradient norm ≈ 3.10e-7, below 1e-4`, or of several layers on one line how many; undefined where all is well. */
export function predictedLayerTitle(
  layers: readonly Layer[],
  predicted: ReadonlyMap<string, PredictedLayer>,
  { threshold, explode, metric }: Thresholds,
): string | undefined {
  // How large the parameters will be is drawn, not predicted.
  if (metric === 'relative') return undefined;
  const known = layers.flatMap((layer) => {
    const found = predicted.get(layer.name);
    if (found === undefined) return [];
    const value = metric === 'rms' ? found.norm / Math.sqrt(layer.parameters) : found.norm;
    return [{ name: layer.name, value, norm: found.norm }];
  });
  const name = metric === 'rms' ? 'rms gradient' : 'gradient norm';
  const below = known.filter(({ value }) => value < threshold).toSorted((a, b) => a.value - b.value);
  const above = known.filter(({ norm }) => norm > explode).toSorted((a, b) => b.norm - a.norm);
  const [smallest, largest] = [below[0], above[0]];
  if (smallest !== undefined) {
    const limit = `below ${formatSetting(threshold)}`;
    return known.length === 1
      ? `predicted: ${name} ≈ ${formatNumber(smallest.value)}, ${limit}`
      : `predicted: ${below.length} of ${known.length} ${limit}, smallest ${smallest.name} ≈ ${formatNumber(smallest.value)}`;
  }
  if (largest === undefined) return undefined;
  const limit = `above ${formatSetting(explode)}`;
  return known.length === 1
    ? `predicted: gradient norm ≈ ${formatNumber(largest.norm)}, ${limit}`
    : `predicted: ${above.length} of ${known.length} ${limit}, largest ${largest.name} ≈ ${formatNumber(largest.norm)}`;
}
