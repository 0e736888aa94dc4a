/** The fixes of a network as a list to choose from. */
import { verdictTitle } from '../../analysis/overSeeds.ts';
import { alarmShare, type Measured } from '../../analysis/fixes/measure.ts';
import { formatCount, formatNumber, formatShare } from '../../analysis/numbers.ts';
import { measureSession, type TriedFix, type Tryout } from '../tryouts.ts';

/** One line of the list: a fix, or the network as it is. */
export interface FixItem {
  readonly label: string;
  /** Verdict and numbers. */
  readonly description: string;
  /** Why, and on whose word. */
  readonly detail: string;
  /** Undefined for the network as it is. */
  readonly fix: TriedFix | undefined;
}

export interface FixList {
  readonly title: string;
  readonly placeholder: string;
  /** The fixes, the best first; the network as it is comes last. */
  readonly items: readonly FixItem[];
}

/** The list of what was tried; undefined where the network's own run has no end to compare with. */
export function fixList({ asItIs, tried }: Tryout): FixList | undefined {
  const before = measureSession(asItIs);
  if (before === undefined) return undefined;
  const { name, train } = asItIs.network;
  const { seeds } = asItIs.request;
  const which = seeds === 1 ? `seed ${train.seed}` : `seeds ${train.seed} to ${train.seed + seeds - 1}`;
  const steps = Math.max(before.steps, ...tried.map(({ measured }) => measured.steps));
  return {
    title: `Fixes for ${name}: ${formatCount(tried.length)} tried, ${formatCount(steps)} steps each, ${which}${before.lossOn === 'test' ? ', held-out loss' : ''}`,
    placeholder: `Choose one to write it into the text.${seeds === 1 ? ' One seed is one seed.' : ''}`,
    items: [
      ...tried.map((fix): FixItem => {
        const { candidate, measured } = fix;
        return {
          label: `${icon(measured)} ${candidate.title}`,
          description: numbers(measured),
          detail: `${candidate.source.title.split(',')[0]}: ${candidate.why}`,
          fix,
        };
      }),
      {
        label: `${icon(before)} ${name} as it is`,
        description: numbers(before),
        detail: before.verdict.message,
        fix: undefined,
      },
    ],
  };
}

function icon(measured: Measured): string {
  if (alarmShare(measured) > 0) return '$(warning)';
  return measured.verdict.kind === 'inconclusive' ? '$(question)' : '$(pass)';
}

/** `converged · loss 1.38e-4 · accuracy 100 % · first norm 2.34e-4` */
function numbers({ verdict, verdicts, loss, accuracy, firstNorm }: Measured): string {
  // A diverged run has no numbers at its end.
  const known = (value: number, format: (value: number) => string): string =>
    Number.isNaN(value) ? '–' : format(value);
  return [
    verdictTitle(verdict, verdicts),
    `loss ${known(loss, formatNumber)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${known(accuracy, formatShare)}`]),
    `first norm ${known(firstNorm, formatNumber)}`,
  ].join(' · ');
}
