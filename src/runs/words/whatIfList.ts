/** What other choices would do to the first layer's gradient, as a short list in Markdown. */
import type { WhatIfAnswer } from '../../protocol/worker.ts';

const mostLines = 8;

/** The choices that leave the first layer the most gradient without exploding; undefined where there are none. */
export function whatIfList(answers: readonly WhatIfAnswer[], explode: number): string | undefined {
  // Of an activation by itself and with the initialiser that was made for it, the second comes later and stays.
  const choices = new Map(answers.map((answer) => [answer.words.split(' + ', 1)[0], answer]));
  const usable = [...choices.values()]
    .filter(({ norm }) => norm > 0 && norm <= explode)
    .toSorted((a, b) => b.norm - a.norm);
  if (usable.length === 0) return undefined;
  const lines = usable
    .slice(0, mostLines)
    .map(({ words, text }) => `- \`${words}\`${text.slice(words.length)}`);
  return ["**In its place**, the first layer's predicted gradient would be", ...lines].join('\n');
}
