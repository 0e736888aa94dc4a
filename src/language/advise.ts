/** Advice beyond errors: mistakes that a network can be trained with, and that people make. */
import { adviseOnEqualWeights, adviseOnRectifiers, adviseOnScale } from './advice/initialisation.ts';
import { adviseOnOutput, adviseOnSingleSoftmax } from './advice/output.ts';
import { adviseOnBias, adviseOnLabels, adviseOnLets } from './advice/redundant.ts';
import { subjectOf, type Subject } from './advice/subject.ts';
import {
  adviseOnDataScale,
  adviseOnLearningRate,
  adviseOnSamples,
  adviseOnSplit,
} from './advice/training.ts';
import type { CheckContext } from './checking/context.ts';
import type { DetailedAnalysis } from './checking/network.ts';

const advisers: readonly ((subject: Subject) => void)[] = [
  adviseOnOutput,
  adviseOnSingleSoftmax,
  adviseOnEqualWeights,
  adviseOnScale,
  adviseOnRectifiers,
  adviseOnLearningRate,
  adviseOnSplit,
  adviseOnSamples,
  adviseOnDataScale,
  adviseOnBias,
  adviseOnLabels,
];

/** Looks for them in one network. */
export function adviseOnNetwork(context: CheckContext, network: DetailedAnalysis): void {
  const subject = subjectOf(context, network);
  for (const adviser of advisers) adviser(subject);
}

export { adviseOnLets };
