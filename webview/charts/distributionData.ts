/** How large the entries of one layer's gradient are, by binary exponent. */
import { scaledWords } from '../../src/analysis/precisionSentence.ts';
import { numberFormats, precisionLosses, shareZero } from '../../src/analysis/precision.ts';
import { formatNumber, formatShare } from '../../src/analysis/numbers.ts';
import {
  histogramBins,
  histogramLowestExponent,
  type GradientHistogram,
} from '../../src/engine/recording.ts';

/** One bar: entries with 2^`exponent` ≤ |g| < 2^(`exponent` + 1). */
export interface ExponentBar {
  readonly exponent: number;
  readonly share: number;
}

export interface Distribution {
  readonly bars: readonly ExponentBar[];
  /** Shares of entries that are exactly zero and that are not finite. */
  readonly zero: number;
  readonly notFinite: number;
  readonly entries: number;
}

/** The histogram that is nearest to a step; undefined without any. */
export function histogramAt(
  histograms: readonly GradientHistogram[],
  step: number,
): GradientHistogram | undefined {
  let nearest: GradientHistogram | undefined;
  for (const histogram of histograms) {
    if (nearest === undefined || Math.abs(histogram.step - step) < Math.abs(nearest.step - step))
      nearest = histogram;
  }
  return nearest;
}

/** One layer's part of a histogram, as shares of its entries; without the empty bars at the ends. */
export function distributionOf(histogram: GradientHistogram, layer: number): Distribution {
  const counts = histogram.counts.subarray(layer * histogramBins, (layer + 1) * histogramBins);
  const entries = counts.reduce((sum, count) => sum + count, 0);
  const share = (bin: number): number => (entries === 0 ? 0 : (counts[bin] ?? 0) / entries);
  const last = histogramBins - 1;
  const inner = counts.subarray(1, last);
  const from = inner.findIndex((count) => count > 0);
  const to = inner.findLastIndex((count) => count > 0);
  const bars = Array.from({ length: from < 0 ? 0 : to - from + 1 }, (_, index) => ({
    exponent: from + index + histogramLowestExponent,
    share: share(1 + from + index),
  }));
  return { bars, zero: share(0), notFinite: share(last), entries };
}

/** Where a number format ends, as an exponent of two. */
export interface FormatLimit {
  readonly exponent: number;
  readonly label: string;
}

/** Limits of the number formats as exponents of two, those that lie within `from` … `to`. */
export function formatLimits(from: number, to: number): FormatLimit[] {
  const limits = new Map<number, { normal: string[]; subnormal: string[] }>();
  const at = (exponent: number): { normal: string[]; subnormal: string[] } => {
    const found = limits.get(exponent) ?? { normal: [], subnormal: [] };
    limits.set(exponent, found);
    return found;
  };
  for (const { name, smallestNormal, smallestSubnormal } of numberFormats) {
    at(smallestNormal).normal.push(name);
    at(smallestSubnormal).subnormal.push(name);
  }
  return [...limits]
    .filter(([exponent]) => exponent >= from && exponent <= to)
    .map(([exponent, { normal, subnormal }]) => ({
      exponent,
      label: [
        ...(normal.length > 0 ? [`${normal.join(', ')} normal`] : []),
        ...(subnormal.length > 0 ? [`${subnormal.join(', ')} smallest`] : []),
      ].join(', '),
    }));
}

/** What the distribution means for number formats, in words. */
export function describeDistribution(name: string, histogram: GradientHistogram, layer: number): string {
  const { bars, notFinite } = distributionOf(histogram, layer);
  const peak = bars.reduce<ExponentBar | undefined>(
    (best, bar) => (best === undefined || bar.share > best.share ? bar : best),
    undefined,
  );
  const zero = shareZero(histogram, layer);
  return [
    peak === undefined
      ? `${name}: no entry is a number above zero`
      : `${name}: most entries are near ${formatNumber(2 ** (peak.exponent + 0.5))}`,
    ...(zero > 0 ? [`${formatShare(zero)} are exactly 0`] : []),
    ...(notFinite > 0 ? [`${formatShare(notFinite)} are not finite`] : []),
    ...(peak === undefined ? [] : [describeLosses(histogram, layer)]),
  ].join(' · ');
}

/** What is said of a layer whose gradient is partly lost, at its usual longest: room for it keeps the page still. */
export function longDescription(layers: readonly { readonly name: string }[]): string {
  const longest = layers.reduce((long, { name }) => (name.length > long.length ? name : long), '');
  return `${longest}: most entries are near 1.00e-10 · 99.9 % are exactly 0 · 99.9 % would be lost in fp16 (99.9 % with the loss scaled by 65,536), none in bf16 and fp32`;
}

/** `47 % would be lost in fp16, none in bf16 and fp32` */
function describeLosses(histogram: GradientHistogram, layer: number): string {
  const losses = precisionLosses(histogram, layer);
  const [lossy, sound] = [
    losses.filter(({ flushed }) => flushed > 0),
    losses.filter(({ flushed }) => !(flushed > 0)),
  ];
  const lost = lossy.map(
    (loss) => `${formatShare(loss.flushed)} would be lost in ${loss.format}${scaledWords(loss)}`,
  );
  const names = new Intl.ListFormat('en').format(sound.map(({ format }) => format));
  if (sound.length === 0) return lost.join(', ');
  return [...lost, lossy.length === 0 ? `none would be lost in ${names}` : `none in ${names}`].join(', ');
}
