import type { TextEdit } from '../diagnostic.ts';

/** The text after edits that do not overlap; of several at one place the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const { from, to, replacement } of edits.toSorted((a, b) => a.from - b.from)) {
    if (from < position) throw new Error(`The edit at ${from} overlaps the one that ends at ${position}`);
    result += text.slice(position, from) + replacement;
    position = to;
  }
  return result + text.slice(position);
}
