import { describe, expect, it } from 'vitest';
import {
  histogramBins,
  histogramLowestExponent,
  type GradientHistogram,
} from '../../../src/engine/recording.ts';
import {
  describeDistribution,
  distributionOf,
  formatLimits,
  histogramAt,
} from '../../../webview/charts/distributionData.ts';

/** A histogram of two layers; entries by binary exponent in the second. */
function histogramOf(counts: Readonly<Record<number, number>>, zeros = 0, notFinite = 0): GradientHistogram {
  const all = new Uint32Array(2 * histogramBins);
  all[histogramBins] = zeros;
  all[2 * histogramBins - 1] = notFinite;
  for (const [exponent, count] of Object.entries(counts))
    all[histogramBins + 1 + Number(exponent) - histogramLowestExponent] = count;
  return { step: 7, counts: all };
}

describe('a distribution', () => {
  it('has a bar for each binary exponent between the smallest and the largest entry', () => {
    expect(distributionOf(histogramOf({ [-10]: 1, [-8]: 3 }), 1).bars).toEqual([
      { exponent: -10, share: 0.25 },
      { exponent: -9, share: 0 },
      { exponent: -8, share: 0.75 },
    ]);
  });

  it('keeps exact zeros and what is not finite apart', () => {
    expect(distributionOf(histogramOf({ 0: 2 }, 1, 1), 1)).toMatchObject({
      zero: 0.25,
      notFinite: 0.25,
      entries: 4,
    });
  });

  it('of a layer without entries is empty', () => {
    expect(distributionOf(histogramOf({}), 1)).toEqual({ bars: [], zero: 0, notFinite: 0, entries: 0 });
  });

  it('is that of the nearest step for which there is one', () => {
    const histograms = [0, 10, 20].map((step) => ({ step, counts: new Uint32Array(0) }));
    expect(histogramAt(histograms, 14)?.step).toBe(10);
    expect(histogramAt(histograms, 16)?.step).toBe(20);
    expect(histogramAt([], 3)).toBeUndefined();
  });

  it('says what a narrower format would lose: half precision ends at 2^-24, and rounds up from half of that', () => {
    expect(describeDistribution('layer', histogramOf({ [-30]: 3, [-25]: 1 }), 1)).toBe(
      'layer: most entries are near 1.32e-9 · 75 % would be lost in fp16 (0 % with the loss scaled by 65,536), none in bf16 and fp32',
    );
    // 1/8 is normal in all three.
    expect(describeDistribution('layer', histogramOf({ [-3]: 1 }), 1)).toContain(
      'none would be lost in fp16, bf16, and fp32',
    );
    expect(describeDistribution('layer', histogramOf({}, 4), 1)).toBe(
      'layer: no entry is a number above zero · 100 % are exactly 0',
    );
  });
});

describe('limits of number formats', () => {
  it('are those of IEEE 754 and bfloat16', () => {
    expect(formatLimits(-200, 10)).toEqual([
      { exponent: -14, label: 'fp16 normal' },
      { exponent: -24, label: 'fp16 smallest' },
      { exponent: -126, label: 'bf16, fp32 normal' },
      { exponent: -133, label: 'bf16 smallest' },
      { exponent: -149, label: 'fp32 smallest' },
    ]);
  });

  it('are left out beyond the axis', () => {
    expect(formatLimits(-20, 0)).toEqual([{ exponent: -14, label: 'fp16 normal' }]);
  });
});
