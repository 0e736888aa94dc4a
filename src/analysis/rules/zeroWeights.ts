/** Layers whose parameters are all zero: their units are zero for every sample and pass no error on, so nothing ever breaks the symmetry. */
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { profileOf, finalWindow } from '../profile.ts';
import { isStuck, lossAgainstConstant, nameLayers } from '../words.ts';

export function zeroWeights(facts: Facts): Ruling | undefined {
  const { recording, learning, start, end, layers } = facts;
  if (!isStuck(learning)) return undefined;
  const weights = profileOf(recording, 'parameterNorm', finalWindow(recording));
  const still = layers.flatMap((_, layer) =>
    weights.values[layer] === 0 && start.norm.values[layer] === 0 && end.norm.values[layer] === 0
      ? [layer]
      : [],
  );
  if (still.length === 0) return undefined;
  const names = namesOf(facts, still);
  const message = `all parameters of ${nameLayers(names)} are 0: the units are 0 for every sample, pass no error on and get none (${lossAgainstConstant(learning)})`;
  const evidence = { loss: learning.after, constantLoss: learning.constant };
  return {
    finding: { id: 'dead-units', severity: 'warning', layers: names, message, evidence },
    verdict: { kind: 'dead-units', message },
  };
}
