/** How a run is spoken of: its verdict, or what stands for one while there is none. */
import { explanations } from '../../src/analysis/explain.ts';
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
  const { state, verdict, failure, plannedSteps } = header;
  if (state === 'running')
    return { tone: 'running', title: 'training', evidence: `${formatCount(plannedSteps)} steps planned` };
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
  const title = explanations[verdict.kind]?.title ?? verdict.kind;
  return { tone: tones[verdict.kind] ?? 'neutral', title, evidence: verdict.message };
}
