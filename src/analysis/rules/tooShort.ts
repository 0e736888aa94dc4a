/** Runs that cannot show whether the network learns: too few steps, or parameters that never moved. */
import type { Facts, Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatCount } from '../numbers.ts';

export function tooShort({ learning, result }: Facts): Ruling | undefined {
  if ((learning.state !== 'unknown' && learning.state !== 'frozen') || result.end === 'diverged')
    return undefined;
  const message =
    learning.state === 'frozen'
      ? 'the parameters never moved, so this shows the initialisation only: is the learning rate 0?'
      : `too short to tell: ${formatCount(result.steps)} ${result.steps === 1 ? 'step' : 'steps'}, at least ${limits.shortestRun} are needed to see whether the loss moves`;
  const evidence = { steps: result.steps };
  return {
    finding: { id: 'too-short', severity: 'information', layers: [], message, evidence },
    verdict: { kind: 'inconclusive', message },
  };
}
