/** Units that stand in the flat part of their activation: a cause, never a verdict of its own. */
import { namesOf, type Facts, type Ruling } from '../facts.ts';
import { limits } from '../limits.ts';
import { formatShare } from '../numbers.ts';
import { isStuck, nameLayers } from '../words.ts';

/** Activations with two flat ends; a rectifier's flat half is its normal state. */
const bounded: ReadonlySet<string> = new Set(['sigmoid', 'tanh', 'softsign', 'hard_tanh', 'hard_sigmoid']);

export function saturatedUnits(facts: Facts): Ruling | undefined {
  const { units, layers, learning, network } = facts;
  if (!isStuck(learning)) return undefined;
  const share = (position: number): number => units.saturation[position] ?? 0;
  // Cross-entropy divides the flat output's derivative out again (Nielsen, chapter 3); the other losses do not.
  const judged = network.train.loss === 'bce' ? layers.length - 1 : layers.length;
  const found = layers.flatMap((layer, position) =>
    position < judged && bounded.has(layer.activation ?? '') && share(position) >= limits.saturatedShare
      ? [position]
      : [],
  );
  if (found.length === 0) return undefined;
  const names = namesOf(facts, found);
  const worst = Math.max(...found.map(share));
  return {
    finding: {
      id: 'saturated-units',
      severity: 'warning',
      layers: names,
      message: `${formatShare(worst)} of the pre-activations of ${nameLayers(names)} lie where the activation is flat (derivative below 1 % of its largest value)`,
      evidence: { saturation: worst },
    },
  };
}
