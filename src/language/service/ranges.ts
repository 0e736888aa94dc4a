/** Parts of the text that fold, and parts that a growing selection takes. */
import type { CheckedFile } from '../check.ts';
import type { Span } from '../syntax.ts';
import { endOfLine } from './lineBreaks.ts';

/** A part that can be folded: from the end of its first line to its closing line. */
export interface Fold extends Span {
  readonly kind: 'block' | 'comment' | 'region';
}

const bracketed: ReadonlySet<string> = new Set(['Block', 'List', 'ArgumentList']);

/** Blocks, lists and brackets over several lines, runs of comment lines, and `# region` … `# endregion`. */
export function folds({ tree, text }: CheckedFile): readonly Fold[] {
  const found: Fold[] = [];
  let lineEnd = -1;
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (lineEnd < from) lineEnd = endOfLine(text, from);
      if (lineEnd >= to) return false;
      if (bracketed.has(name)) found.push({ kind: 'block', from, to });
      return true;
    },
  });
  return [...found, ...commentFolds(text)].sort((a, b) => a.from - b.from || b.to - a.to);
}

function commentFolds(text: string): Fold[] {
  const found: Fold[] = [];
  const regions: number[] = [];
  let run: { from: number; to: number; lines: number } | undefined;
  const endRun = (): void => {
    if (run && run.lines > 1) found.push({ kind: 'comment', from: run.from, to: run.to });
    run = undefined;
  };
  for (const comment of commentLines(text)) {
    const { from, to } = comment;
    const words = text.slice(from, to);
    if (/^#\s*region\b/.test(words)) {
      endRun();
      regions.push(from);
    } else if (/^#\s*endregion\b/.test(words)) {
      endRun();
      const begin = regions.pop();
      if (begin !== undefined) found.push({ kind: 'region', from: begin, to });
    } else if (run && /^[^\S\r\n]*(\r\n|\n|\r)[^\S\r\n]*$/.test(text.slice(run.to, from))) {
      run = { ...run, to, lines: run.lines + 1 };
    } else {
      endRun();
      run = { from, to, lines: 1 };
    }
  }
  endRun();
  return found;
}

/** Comments that have a line to themselves. */
function* commentLines(text: string): Generator<Span> {
  for (let from = text.indexOf('#'); from >= 0;) {
    let lineStart = from;
    while (lineStart > 0 && /[^\S\r\n]/.test(text[lineStart - 1])) lineStart--;
    let end = from;
    while (end < text.length && !/[\r\n]/.test(text[end])) end++;
    if (lineStart === 0 || /[\r\n]/.test(text[lineStart - 1]))
      yield { from, to: from + text.slice(from, end).trimEnd().length };
    from = text.indexOf('#', end);
  }
}

/** From the word at the offset outwards to the whole file, each larger than the one before. */
export function selectionRanges({ tree, text }: CheckedFile, offset: number): readonly Span[] {
  const spans: Span[] = [];
  const take = (from: number, to: number): void => {
    const last = spans.at(-1);
    if (from < to && (!last || (from <= last.from && to >= last.to && to - from > last.to - last.from)))
      spans.push({ from, to });
  };
  const before = tree.resolveInner(offset, -1);
  const after = tree.resolveInner(offset, 1);
  // Between two words the one behind counts, at the end of a word that word.
  const inner = after.to - after.from <= before.to - before.from ? after : before;
  for (let node: typeof inner | null = inner; node; node = node.parent) {
    if (bracketed.has(node.name) && /[}\])]$/.test(text.slice(node.from, node.to)))
      take(node.from + 1, node.to - 1);
    take(node.from, node.to);
  }
  take(0, text.length);
  return spans;
}
