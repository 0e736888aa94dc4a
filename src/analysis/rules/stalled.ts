/** The loss stays at the level of the best constant answer, whatever the gradients say. */
import type { Facts, Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatCount, formatFactor, formatNumber } from '../numbers.ts';
import { lossAgainstConstant } from '../words.ts';

export function stalled(facts: Facts): Ruling | undefined {
  const { learning, result } = facts;
  const { state, before, after, constant, progress } = learning;
  if ((state !== 'stalled' && state !== 'worse') || result.end === 'diverged') return undefined;
  const message =
    state === 'stalled'
      ? `nothing is learned in ${formatCount(result.steps)} steps: ${lossAgainstConstant(learning)}`
      : `the loss got worse, from ${formatNumber(before)} to ${formatNumber(after)}`;
  const evidence = { loss: after, constantLoss: constant, progress };
  return {
    finding: {
      id: 'stalled',
      severity: 'information',
      layers: [],
      message: `${message}${shrunkWeights(facts)}`,
      evidence,
    },
  };
}

/** Weights that have as good as gone, which gradients alone do not do. */
function shrunkWeights({ recording, layers, network }: Facts): string {
  const shrunk = layers
    .map(({ name }, position) => {
      const { first, last } = recording.extremes(position, 'parameterNorm');
      return { name, factor: first > 0 ? first / last : 1 };
    })
    .reduce((most, layer) => (layer.factor > most.factor ? layer : most));
  if (!(shrunk.factor > limits.shrunkWeights)) return '';
  const why = network.train.optimizer.weightDecay > 0 ? ': the weight decay outweighs the gradient' : '';
  return `; the parameters of ${shrunk.name} shrank ${formatFactor(shrunk.factor)} times over the run${why}`;
}
