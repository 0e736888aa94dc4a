/** What number formats would leave of a layer's gradient, in words. */
import type { GradientHistogram } from '../engine/recording.ts';
import { limits } from './limits.ts';
import { formatCount, formatShare } from './numbers.ts';
import { precisionLosses, type PrecisionLoss } from './precision.ts';

/** `at step 499, rounded to zero: 31 % of its entries in fp16 (0 % with the loss scaled by 65,536), 0 % in bf16, 0 % in fp32` */
export function precisionSentence(histogram: GradientHistogram, layer: number): string {
  const losses = precisionLosses(histogram, layer).map((loss, position) => {
    const share = `${formatShare(loss.flushed)} ${position === 0 ? 'of its entries ' : ''}in ${loss.format}`;
    return `${share}${scaledWords(loss)}`;
  });
  return `at step ${formatCount(histogram.step)}, rounded to zero: ${losses.join(', ')}`;
}

/** What is still lost with the loss scaled, where there is something for that to mend. */
export function scaledWords({ flushed, flushedScaled }: PrecisionLoss): string {
  const scale = formatCount(2 ** limits.lossScaleExponent);
  return flushed === 0 ? '' : ` (${formatShare(flushedScaled)} with the loss scaled by ${scale})`;
}
