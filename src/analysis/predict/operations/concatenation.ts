/** Signals side by side along their features. */
import { addScaled, scaled, trace } from '../matrix.ts';
import type { Operation } from '../operation.ts';
import type { Signal } from '../signal.ts';

/** Each part has the share of its features; what comes back is divided likewise, as random weights treat all features alike. */
export function concatenationOperation(parts: readonly Signal[]): Operation {
  const first = parts[0];
  const features = parts.reduce((sum, part) => sum + part.features, 0);
  const second = new Float64Array(first.second.length);
  const mean = new Float64Array(first.mean.length);
  for (const part of parts) {
    addScaled(second, part.second, part.features / features);
    addScaled(mean, part.mean, part.features / features);
  }
  const sizes = parts.map((part) => part.features * trace(part.second));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return {
    signal: {
      samples: first.samples,
      spatial: first.spatial,
      features,
      second,
      mean,
      kurtosis: Math.max(...parts.map((part) => part.kurtosis)),
      drawFeatures: (count, draws) => {
        // Feature by feature from the part that its turn falls to.
        const points = mean.length;
        const drawn = parts.map((part) => part.drawFeatures(count, draws));
        const mixed = new Float64Array(count * points);
        for (let feature = 0; feature < count; feature++) {
          const part = drawn[partAt(parts, ((feature * features) / count) % features)];
          mixed.set(part.subarray(feature * points, (feature + 1) * points), feature * points);
        }
        return mixed;
      },
    },
    backward: (error) => parts.map((part) => scaled(error, part.features / features)),
    spread: { type: 'sum', shares: sizes.map((size) => (total > 0 ? size / total : 0)) },
  };
}

function partAt(parts: readonly Signal[], feature: number): number {
  let before = 0;
  return parts.findIndex((part) => (before += part.features) > feature);
}
