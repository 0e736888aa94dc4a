/** What each verdict means, what it does not mean, and the sentence that says so in a hover. */
import type { Recording } from '../engine/recording.ts';
import { causeOf, causeSentence } from './cause.ts';
import { finalWindow } from './profile.ts';
import type { FindingId, VerdictKind } from './verdict.ts';

export interface Explanation {
  /** As it stands in a lens: `vanishing`. */
  readonly title: string;
  readonly is: string;
  readonly isNot: string;
  /** Page that tells the whole of it, relative to the project's folder. */
  readonly page: string;
}

function explain(kind: VerdictKind, title: string, is: string, isNot: string): Explanation {
  return { title, is, isNot, page: `docs/verdicts/${kind}.md` };
}

/** One explanation for each verdict. */
export const explanations: Readonly<Record<VerdictKind, Explanation>> = {
  'vanishing': explain(
    'vanishing',
    'vanishing',
    'The signal that tells a layer how to change shrinks by a factor from layer to layer on its way back from the loss, so that the early layers hardly learn, and the task is not solved.',
    'It is not zero, not a minimum, and not the same as small: what counts is the factor from layer to layer.',
  ),
  'exploding': explain(
    'exploding',
    'exploding',
    'The signal grows by a factor from layer to layer on its way back from the loss, or gradient norms lie above the limit, and the task is not solved.',
    'A first layer whose gradient is some ten times the last one’s is no explosion, and neither is a large gradient of a loss that falls.',
  ),
  'uniformly-small': explain(
    'uniformly-small',
    'uniformly small',
    'Every layer’s gradient is small, none much smaller than another: as in a chain of linear layers, where each gradient is the product of all the other weights.',
    'It is not vanishing with depth: the first layer is no worse off than the last.',
  ),
  'converged': explain(
    'converged',
    'converged',
    'The gradient norms fell together while the loss fell to its floor: small gradients are what training is for.',
    'It is no problem, and nothing vanishes.',
  ),
  'dead-units': explain(
    'dead-units',
    'dead units',
    'No rectifier of a layer fires for any sample of the data: its output is zero, its derivative is zero, and no gradient passes to the layers below.',
    'It is not underflow: the zeros are exact in any precision. Nor is it sparsity: a unit that fires for some samples lives.',
  ),
  'underflow': explain(
    'underflow',
    'underflow',
    'Gradient entries are too small for the number format that holds them, and were rounded to zero or nearly so, though the units fire.',
    'It is not dead units: in a wider format the gradients would be there.',
  ),
  'diverged': explain(
    'diverged',
    'diverged',
    'The loss or a gradient is infinite or not a number; nothing after that step means anything.',
    'It is not merely exploding: large gradients can still be finite.',
  ),
  'loss-mismatch': explain(
    'loss-mismatch',
    'loss mismatch',
    'The last layer and the loss do not fit each other, which makes the gradient zero or squashes it before it enters the network.',
    'It is not vanishing: the signal is lost before the first step back, whatever the depth.',
  ),
  'healthy': explain(
    'healthy',
    'healthy',
    'Gradients of a usable size reach every layer, or the network learns in spite of what they look like.',
    'It does not say that the network is good at its task, only that gradients do not stand in the way.',
  ),
  'inconclusive': explain(
    'inconclusive',
    'inconclusive',
    'The run cannot show more: it is too short, or nothing moved.',
    'It is not healthy, and not sick either.',
  ),
};

/** Page of each finding, relative to the project's folder: findings that lead to a verdict share its page. */
export const findingPages: Readonly<Record<FindingId, string>> = {
  'vanishing-gradient': explanations.vanishing.page,
  'vanishing-at-initialisation': `${explanations.vanishing.page}#at-initialisation`,
  'exploding-gradient': explanations.exploding.page,
  'uniformly-small-gradient': explanations['uniformly-small'].page,
  'dead-units': explanations['dead-units'].page,
  'saturated-units': `${explanations.vanishing.page}#saturated-units`,
  'underflow': explanations.underflow.page,
  'underflow-half-precision': `${explanations.underflow.page}#half-precision`,
  'diverged': explanations.diverged.page,
  'loss-mismatch': explanations['loss-mismatch'].page,
  'stalled': `${explanations.inconclusive.page}#stalled`,
  'converged': explanations.converged.page,
  'too-short': explanations.inconclusive.page,
};

/** One sentence on why a layer's gradient has the size it has, in numbers, at the end of the run; undefined for the output layer and beside exact zeros. */
export function explainLayer(recording: Recording, layer: number): string | undefined {
  if (recording.rows.steps.length === 0) return undefined;
  const cause = causeOf(recording, finalWindow(recording), layer, recording.layers.length - 1);
  return cause === undefined ? undefined : `From ${cause.to} back to here, ${causeSentence(cause)}.`;
}
