import { describe, expect, it } from 'vitest';
import { decayFactors } from '../../src/analysis/decay.ts';
import { metricOf, metrics, quantitiesPerLayer, quantityOffset } from '../../src/analysis/metrics.ts';
import type { RecordedQuantity } from '../../src/engine/recording.ts';

/** A row of layers, each with the quantities named and NaN for the others. */
function row(...layers: Partial<Record<RecordedQuantity, number>>[]): Float64Array {
  const values = new Float64Array(layers.length * quantitiesPerLayer).fill(Number.NaN);
  layers.forEach((layer, index) => {
    for (const [quantity, value] of Object.entries(layer)) {
      values[index * quantitiesPerLayer + quantityOffset[quantity as RecordedQuantity]] = value;
    }
  });
  return values;
}

describe('metrics, by their definitions', () => {
  const values = row({}, { norm: 6, parameterNorm: 3, speed: 0.01 });

  it.each([
    ['norm', 6],
    ['rms', 2],
    ['relative', 2],
    ['speed', 0.01],
    ['saturation', Number.NaN],
  ] as const)('%s of a layer with 9 parameters is %d', (id, expected) => {
    expect(metricOf(id).read(values, quantitiesPerLayer, 9)).toBe(expected);
  });

  it('each has a name of its own, a meaning of one sentence, and writes its values', () => {
    expect(new Set(metrics.map((metric) => metric.name)).size).toBe(metrics.length);
    for (const metric of metrics) {
      expect(metric.meaning).toMatch(/^[A-Z].*\.$/);
      expect(metric.format(0.5)).toMatch(/^0\.500$|^50 %$/);
    }
  });
});

describe('decay factors', () => {
  it('split what is lost between two layers into derivative and gain', () => {
    const factors = decayFactors(
      row({ error: 0.1, outputError: 0.4, inputNorm: 2 }, { error: 0.8, outputError: 0.8, inputNorm: 4 }),
      0,
      2,
    );
    expect(factors[0]).toEqual({ derivative: 0.25, gain: 0.5, error: 0.125, input: 0.5 });
    expect(factors[1]).toEqual({ derivative: 1, gain: NaN, error: NaN, input: NaN });
  });

  it('are not a number where there is no error to lose', () => {
    expect(decayFactors(row({ error: 0, outputError: 0 }, { error: 0 }), 0, 2)[0]?.error).toBeNaN();
  });
});
