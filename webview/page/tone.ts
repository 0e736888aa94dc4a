/** How a run is spoken of: its verdict, or what stands for one while there is none. */
import { verdictEvidence, verdictTitle } from '../../src/analysis/overSeeds.ts';
import type { VerdictKind } from '../../src/analysis/verdict.ts';
import { formatCount } from '../../src/analysis/numbers.ts';
import type { RunHeader } from '../../src/protocol/view.ts';

export type Tone = 'good' | 'neutral' | 'warning' | 'error' | 'running';

const tones: Readonly<Record<VerdictKind, Tone>> = {
  'vanishing': 'warning',
  'exploding': 'warning',
  'uniformly-small': 'warning',
  'converged': 'good',
  'dead-units': 'warning',
  'underflow': 'warning',
  'diverged': 'error',
  'loss-mismatch': 'warning',
  'healthy': 'good',
  'inconclusive': 'neutral',
};

export interface Judged {
  readonly tone: Tone;
  readonly title: string;
  readonly evidence: string;
}

/** The verdict of a run with its evidence. */
export function judge(header: RunHeader): Judged {
  const { state, verdict, failure, plannedSteps, seeds } = header;
  if (state === 'running') {
    const over = seeds === undefined || seeds === null ? '' : ` over ${formatCount(seeds.planned)} seeds`;
    return {
      tone: 'running',
      title: 'training',
      evidence: `${formatCount(plannedSteps)} steps planned${over}`,
    };
  }
  if (state === 'failed')
    return { tone: 'error', title: 'failed', evidence: failure ?? 'the run ended without saying why' };
  if (verdict === undefined || verdict === null) {
    const title = state === 'completed' ? 'not judged' : state;
    return {
      tone: 'neutral',
      title,
      evidence: state === 'completed' ? 'a log holds measurements, no verdict' : '',
    };
  }
  const verdicts = seeds?.verdicts ?? {};
  return {
    tone: toneOf(verdict.kind, Object.keys(verdicts) as VerdictKind[]),
    title: verdictTitle(verdict, verdicts),
    evidence: verdictEvidence(verdict, verdicts),
  };
}

/** A network that fails in some seeds only is not sound. */
function toneOf(kind: VerdictKind, kinds: readonly VerdictKind[]): Tone {
  const tone = tones[kind] ?? 'neutral';
  const isFaulty = kinds.some((other) => tones[other] === 'warning' || tones[other] === 'error');
  return isFaulty && tone !== 'error' ? 'warning' : tone;
}
