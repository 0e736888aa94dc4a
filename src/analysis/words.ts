/** Small pieces of sentences that several messages share. */
import type { Learning } from './learning.ts';
import { limits } from './limits.ts';
import { formatNumber } from './numbers.ts';

/** `hidden[1]`, `hidden[1] and hidden[2]`, `hidden[1] … hidden[6] (6 layers)`. */
export function nameLayers(names: readonly string[]): string {
  const [first = 'no layer', second] = names;
  if (names.length <= 1) return first;
  if (names.length === 2) return `${first} and ${second}`;
  return `${first} … ${names.at(-1)} (${names.length} layers)`;
}

/** `loss 0.693, the best constant answer's is 0.693`. */
export function lossAgainstConstant(learning: Learning): string {
  return `loss ${formatNumber(learning.after)}, the best constant answer's is ${formatNumber(learning.constant)}`;
}

/** `one` … `twelve`, then digits. */
export function countInWords(count: number): string {
  const words = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
  return words[count] ?? String(count);
}

/** It does not learn, or what it learned is little and no longer grows: its last layers make what they can of a signal that the others do not improve. */
export function hardlyLearns(learning: Learning): boolean {
  const { state, progress, trend } = learning;
  return (
    isStuck(learning) ||
    (state === 'learning' && progress < limits.partProgress && trend <= limits.fallingShare)
  );
}

/** The run shows that the network does not learn. A run that is too short, or that moved nothing, shows no such thing. */
export function isStuck(learning: Learning): boolean {
  return learning.state === 'stalled' || learning.state === 'worse';
}
