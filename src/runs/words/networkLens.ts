/** The line above `network`: what can be done, what is going on, and what was found. */
import { explanations } from '../../analysis/explain.ts';
import { verdictEvidence, verdictTitle } from '../../analysis/overSeeds.ts';
import { formatChanging, formatCount, formatProgress } from '../../analysis/numbers.ts';
import { isAlarm, type VerdictKind } from '../../analysis/verdict.ts';
import type { Session } from '../session.ts';
import { alarmOf, type Tryout } from '../tryouts.ts';
import { gap, staleMark } from './layerWords.ts';

/** One lens: words and what a click does. */
export interface LensWords {
  readonly title: string;
  readonly tooltip?: string;
  readonly action:
    | 'analyze'
    | 'stop'
    | 'open-view'
    | 'try-fixes'
    | 'cancel-fixes'
    | 'compare'
    | 'show-error'
    | 'show-failure'
    | 'trust';
}

/** What the line depends on. */
export interface NetworkState {
  /** The newest run of this network. */
  readonly session: Session | undefined;
  /** Fixes that are being tried for that run, or were. */
  readonly tryout: Tryout | undefined;
  /** Errors that keep it from being trained. */
  readonly errors: number;
  readonly trusted: boolean;
  /** The first of several networks also offers their comparison. */
  readonly offersComparison: boolean;
  /** What is expected before any run, in a few words. */
  readonly prediction: string | undefined;
}

/** The lenses above a network, from left to right; never none. */
export function networkLens(state: NetworkState): LensWords[] {
  const { session } = state;
  const comparison: LensWords[] =
    state.offersComparison && state.errors === 0 && state.trusted
      ? [
          {
            title: 'Compare networks',
            tooltip: 'Train every network of this file and lay the runs over each other',
            action: 'compare',
          },
        ]
      : [];
  if (session === undefined) return [...begin(state, 'Analyze gradients'), ...expected(state), ...comparison];
  if (session.state === 'running') return progress(session);
  return [
    outcome(session),
    ...(session.recording === undefined
      ? []
      : [{ title: 'Open view', tooltip: 'Open the gradient view', action: 'open-view' } as const]),
    ...fixes(state),
    ...begin(state, 'Analyze again'),
    ...comparison,
  ];
}

function begin({ errors, trusted }: NetworkState, title: string): LensWords[] {
  if (errors > 0) {
    const words = errors === 1 ? '1 error' : `${formatCount(errors)} errors`;
    return [
      {
        title: `$(error)${gap}${words} to mend before it can be analyzed`,
        tooltip: 'Go to the first error',
        action: 'show-error',
      },
    ];
  }
  if (!trusted) {
    return [
      {
        title: `$(shield)${gap}Trust this folder to analyze gradients`,
        tooltip: 'Training needs trust',
        action: 'trust',
      },
    ];
  }
  const tooltip = "Train this network and record every layer's gradient";
  return [{ title: `$(play)${gap}${title}`, tooltip, action: 'analyze' }];
}

/** What might help, while the verdict is about the text as it stands. */
function fixes({ session, tryout, errors, trusted }: NetworkState): LensWords[] {
  if (session === undefined || session.stale || errors > 0 || !trusted) return [];
  if (alarmOf(session) === undefined) return [];
  if (tryout?.state === 'running') {
    const { done, total } = tryout;
    return [
      {
        title: `$(loading~spin)${gap}trying fixes: ${formatProgress(done, total)} of ${formatCount(total)}`,
        tooltip: 'Each is trained as this network was',
        action: 'open-view',
      },
      { title: 'Cancel', tooltip: 'End the trying of fixes', action: 'cancel-fixes' },
    ];
  }
  const title = tryout === undefined ? 'Try fixes' : 'Show fixes';
  const tooltip = 'Train what might cure this network, and choose by what was measured';
  return [{ title: `$(lightbulb)${gap}${title}`, tooltip, action: 'try-fixes' }];
}

function expected({ prediction }: NetworkState): LensWords[] {
  if (prediction === undefined) return [];
  return [{ title: prediction, tooltip: 'Computed, not measured: no training so far', action: 'open-view' }];
}

/** What goes on, in words that keep their width: `Stop` must not move away from under the pointer. */
function progress(session: Session): LensWords[] {
  const { trials } = session;
  const { ended, current } = session.progress;
  const loss = current.recording?.rows.loss.at(-1);
  const seed =
    trials.length === 1 ? '' : `seed ${formatProgress(ended + 1, trials.length)} of ${trials.length} · `;
  const done = `step ${formatProgress(current.steps, current.plannedSteps)} of ${formatCount(current.plannedSteps)}`;
  const what = loss === undefined ? 'waiting to train' : `${done} · loss ${formatChanging(loss)}`;
  const title = `$(loading~spin)${gap}${seed}${what}`;
  return [
    { title, tooltip: 'Open the gradient view', action: 'open-view' },
    { title: 'Stop', tooltip: 'End the training; what was recorded stays', action: 'stop' },
  ];
}

function outcome(session: Session): LensWords {
  const { verdict, verdicts, failure, steps, plannedSteps } = session;
  const mark = staleMark(session);
  if (failure !== undefined) {
    return {
      title: `$(error)${gap}failed: ${firstLine(failure.message)}${mark}`,
      tooltip: failure.message,
      action: 'show-failure',
    };
  }
  if (verdict === undefined) {
    return {
      title: `stopped after step ${formatCount(steps)} of ${formatCount(plannedSteps)}${mark}`,
      action: 'open-view',
    };
  }
  return {
    title: `${icon(session, verdict.kind)}${gap}${stopped(session)}${verdictTitle(verdict, verdicts)}: ${verdictEvidence(verdict, verdicts)}${mark}`,
    tooltip: `${explanations[verdict.kind].is} ${explanations[verdict.kind].isNot}`,
    action: 'open-view',
  };
}

/** Where a run was stopped: at a step, or over several seeds at one of them. */
function stopped({ state, steps, trials, verdicts }: Session): string {
  if (state !== 'stopped') return '';
  if (trials.length === 1) return `stopped after step ${formatCount(steps)} · `;
  const judged = Object.values(verdicts ?? {}).reduce((sum, times) => sum + times, 0);
  return `stopped after ${judged} of ${trials.length} seeds · `;
}

/** A network that fails in some seeds only is not sound. */
function icon({ verdicts = {} }: Session, kind: VerdictKind): string {
  const isFaulty = (Object.keys(verdicts) as VerdictKind[]).some(isAlarm);
  return isFaulty && !isAlarm(kind) ? '$(warning)' : verdictIcon(kind);
}

function verdictIcon(kind: VerdictKind): string {
  switch (kind) {
    case 'healthy':
    case 'converged':
      return '$(pass)';
    case 'inconclusive':
      return '$(question)';
    case 'diverged':
      return '$(error)';
    case 'vanishing':
    case 'exploding':
    case 'uniformly-small':
    case 'dead-units':
    case 'underflow':
    case 'loss-mismatch':
      return '$(warning)';
    default:
      throw new Error(`Unknown verdict ${JSON.stringify(kind satisfies never)}`);
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
