/** The loss stays at the level of the best constant answer, whatever the gradients say. */
import type { Facts, Ruling } from '../facts.ts';
import { formatCount, formatNumber } from '../numbers.ts';
import { lossAgainstConstant } from '../words.ts';

export function stalled({ learning, result }: Facts): Ruling | undefined {
  const { state, before, after, constant, progress } = learning;
  if ((state !== 'stalled' && state !== 'worse') || result.end === 'diverged') return undefined;
  const message =
    state === 'stalled'
      ? `nothing is learned in ${formatCount(result.steps)} steps: ${lossAgainstConstant(learning)}`
      : `the loss got worse, from ${formatNumber(before)} to ${formatNumber(after)}`;
  const evidence = { loss: after, constantLoss: constant, progress };
  return { finding: { id: 'stalled', severity: 'information', layers: [], message, evidence } };
}
