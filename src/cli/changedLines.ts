/** What edits do to the lines of a text, as a person reads it. */
import type { TextEdit } from '../language/diagnostic.ts';
import { applyEdits } from '../language/edit/applyEdits.ts';

/** `-` and `+` lines with their number in the old text, from top to bottom: `- 8    hidden: …`. */
export function changedLines(text: string, edits: readonly TextEdit[]): string[] {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: mark }) => index + mark.length)];
  const lineOf = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  const hunks: { first: number; last: number; edits: TextEdit[] }[] = [];
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    const [first, last] = [lineOf(edit.from), lineOf(edit.to)];
    const before = hunks.at(-1);
    if (before !== undefined && first <= before.last + 1) {
      before.last = Math.max(before.last, last);
      before.edits.push(edit);
    } else hunks.push({ first, last, edits: [edit] });
  }
  const width = String(starts.length).length;
  return hunks.flatMap((hunk) => {
    const from = starts[hunk.first] ?? 0;
    const old = text.slice(from, starts[hunk.last + 1] ?? text.length);
    const moved = hunk.edits.map((edit) => ({ ...edit, from: edit.from - from, to: edit.to - from }));
    const mark = (sign: string, part: string): string[] =>
      linesOf(part).map(
        (line, index) => `${sign} ${String(hunk.first + 1 + index).padStart(width)}  ${line}`,
      );
    return [...mark('-', old), ...mark('+', applyEdits(old, moved))];
  });
}

/** Lines without their breaks; the break at the end begins none. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
