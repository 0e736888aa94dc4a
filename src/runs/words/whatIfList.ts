/** What other choices would do to the first layer's gradient, as a short list in Markdown. */
import type { WhatIfAnswer } from '../../protocol/worker.ts';

const mostLines = 6;

/** The choices that leave the first layer the most gradient without exploding; undefined where there are none. */
export function whatIfList(answers: readonly WhatIfAnswer[], explode: number): string | undefined {
  const usable = answers
    .filter(({ norm }) => norm > 0 && norm <= explode)
    .toSorted((a, b) => b.norm - a.norm);
  if (usable.length === 0) return undefined;
  const lines = usable
    .slice(0, mostLines)
    .map(({ words, text }) => `- \`${words}\`${text.slice(words.length)}`);
  return ["**In its place**, the first layer's predicted gradient would be", ...lines].join('\n');
}
