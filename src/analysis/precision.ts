/**
 * What other number formats would leave of a gradient. An entry is flushed to zero when it rounds to zero, which is
 * below half of the format's smallest subnormal number. Counted from histograms by binary exponent, so a limit that
 * lies inside a bin does not exist: all limits are powers of two.
 */
import { histogramBins, histogramLowestExponent, type GradientHistogram } from '../engine/recording.ts';
import { limits } from './limits.ts';

/** A binary floating-point format with gradual underflow. */
export interface NumberFormat {
  readonly name: 'fp16' | 'bf16' | 'fp32';
  /** Exponent of the smallest normal number. */
  readonly smallestNormal: number;
  /** Exponent of the smallest subnormal number. */
  readonly smallestSubnormal: number;
}

/** IEEE 754-2019 binary16 and binary32, and bfloat16 with binary32's exponents and seven fraction bits. */
export const numberFormats: readonly NumberFormat[] = [
  { name: 'fp16', smallestNormal: -14, smallestSubnormal: -24 },
  { name: 'bf16', smallestNormal: -126, smallestSubnormal: -133 },
  { name: 'fp32', smallestNormal: -126, smallestSubnormal: -149 },
];

/** What one layer's gradient would lose in a format, as shares of its entries. */
export interface PrecisionLoss {
  readonly format: NumberFormat['name'];
  /** Not zero now, but rounded to zero in the format. */
  readonly flushed: number;
  /** The same when the loss is scaled by 2^16 before the backward pass. */
  readonly flushedScaled: number;
}

/** Losses of one layer's gradient in every format, from its part of a histogram. */
export function precisionLosses(histogram: GradientHistogram, layer: number): PrecisionLoss[] {
  return numberFormats.map((format) => ({
    format: format.name,
    flushed: shareBelow(histogram, layer, format.smallestSubnormal - 1),
    flushedScaled: shareBelow(histogram, layer, format.smallestSubnormal - 1 - limits.lossScaleExponent),
  }));
}

/** Share of a layer's entries that are not zero and smaller in magnitude than 2^`exponent`. */
export function shareBelow(histogram: GradientHistogram, layer: number, exponent: number): number {
  const counts = histogram.counts.subarray(layer * histogramBins, (layer + 1) * histogramBins);
  const total = sum(counts);
  return total === 0
    ? 0
    : sum(counts.subarray(1, Math.max(1, 1 + exponent - histogramLowestExponent))) / total;
}

/** Share of a layer's entries that are exactly zero. */
export function shareZero(histogram: GradientHistogram, layer: number): number {
  const counts = histogram.counts.subarray(layer * histogramBins, (layer + 1) * histogramBins);
  const total = sum(counts);
  return total === 0 ? 0 : (counts[0] ?? 0) / total;
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
