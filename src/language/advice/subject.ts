import type { LayerPlan } from '../catalogue/layers/layer.ts';
import type { NetworkAnalysis } from '../checking/analysis.ts';
import type { CheckContext } from '../checking/context.ts';
import type { DetailedAnalysis } from '../checking/network.ts';
import type { PreparedLayer } from '../checking/preparedLines.ts';
import type { LayerStep } from '../checking/steps.ts';
import type { Span } from '../syntax.ts';

/** What a rule of advice looks at: one network, as far as it can be read. */
export interface Subject extends DetailedAnalysis {
  readonly context: CheckContext;
  /** What its layers are, each once: few in a long network, where most rules have nothing to look for. */
  readonly plans: readonly LayerPlan[];
}

export function subjectOf(context: CheckContext, network: DetailedAnalysis): Subject {
  const plans = new Set<LayerPlan>();
  for (const { flow } of network.steps) plans.add(flow.plan);
  return { ...network, context, plans: [...plans] };
}

/** Whether a mistake in front of a layer makes a guess of the last size of what it gets. */
export function isGuessed(analysis: NetworkAnalysis, { index, flow }: LayerStep): boolean {
  const guessed = analysis.guessed.get(index);
  return guessed !== undefined && (guessed !== 'leading' || flow.arrives.shape.length > 2);
}

/** Where an argument of a layer is written; its kind where it is not. */
export function argumentSpan(line: PreparedLayer, name: string): Span {
  return line.arguments?.spanOf(name) ?? line.line.kind;
}
