/** The run's own precision holds, but half precision would not: entries that fp16 or bf16 would round to zero. */
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatShare } from '../numbers.ts';
import { precisionLosses, type PrecisionLoss } from '../precision.ts';
import { isStuck, nameLayers } from '../words.ts';

export function halfPrecision(facts: Facts): Ruling | undefined {
  const { recording, learning, layers } = facts;
  // Once a task is solved its gradients are small as they should be; what counts is the beginning.
  const histogram = isStuck(learning) ? recording.histograms.at(-1) : recording.histograms[0];
  if (histogram === undefined) return undefined;
  const losses = layers.map((_, layer) => precisionLosses(histogram, layer));
  const flushed = (layer: number, format: PrecisionLoss['format'], scaled: boolean): number => {
    const loss = losses[layer]?.find((entry) => entry.format === format);
    return (scaled ? loss?.flushedScaled : loss?.flushed) ?? 0;
  };
  const found = layers.flatMap((_, layer) =>
    flushed(layer, 'fp16', false) >= limits.underflowShare ? [layer] : [],
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const worst = found.reduce(
    (best, layer) => (flushed(layer, 'fp16', false) > flushed(best, 'fp16', false) ? layer : best),
    first,
  );
  const names = namesOf(facts, found);
  const evidence = {
    layer: namesOf(facts, [worst])[0] ?? '',
    step: histogram.step,
    fp16: flushed(worst, 'fp16', false),
    fp16Scaled: flushed(worst, 'fp16', true),
    bf16: flushed(worst, 'bf16', false),
  };
  const message = `in fp16, ${formatShare(evidence.fp16)} of the gradient entries of ${evidence.layer} would round to zero (${formatShare(evidence.fp16Scaled)} with the loss scaled by 65,536; ${formatShare(evidence.bf16)} in bf16); concerns ${nameLayers(names)}`;
  return {
    finding: { id: 'underflow-half-precision', severity: 'information', layers: names, message, evidence },
  };
}
