/** What number formats would leave of a layer's gradient, in words. */
import type { GradientHistogram } from '../engine/recording.ts';
import { limits } from './limits.ts';
import { formatCount, formatShare } from './numbers.ts';
import { precisionLosses, type PrecisionLoss } from './precision.ts';

/** `at step 499, rounded to zero: 31 % of its entries in fp16 (0 % with the loss scaled by 65,536), 0 % in bf16, 0 % in fp32` */
export function precisionSentence(histogram: GradientHistogram, layer: number): string {
  const losses = precisionLosses(histogram, layer).map(lossWords);
  return `at step ${formatCount(histogram.step)}, rounded to zero: ${losses.join(', ')}`;
}

/** Scaling is spoken of where there is something for it to mend. */
function lossWords({ format, flushed, flushedScaled }: PrecisionLoss, position: number): string {
  const share = `${formatShare(flushed)} ${position === 0 ? 'of its entries ' : ''}in ${format}`;
  const scale = formatCount(2 ** limits.lossScaleExponent);
  return flushed === 0 ? share : `${share} (${formatShare(flushedScaled)} with the loss scaled by ${scale})`;
}
