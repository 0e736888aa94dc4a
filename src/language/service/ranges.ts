/** Parts of the text that fold, and parts that a growing selection takes. */
import type { CheckedFile } from '../check.ts';
import type { Span } from '../syntax.ts';

/** A part that can be folded: from the end of its first line to its closing line. */
export interface Fold extends Span {
  readonly kind: 'block' | 'comment' | 'region';
}

/** Blocks, lists and brackets over several lines, runs of comment lines, and `# region` … `# endregion`. */
export function folds({ tree, text }: CheckedFile): readonly Fold[] {
  const found: Fold[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (['Block', 'List', 'ArgumentList'].includes(name) && /[\r\n]/.test(text.slice(from, to)))
        found.push({ kind: 'block', from, to });
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
  for (const { 0: line, index } of text.matchAll(/[^\r\n]*(\r\n|\n|\r|$)/g)) {
    const content = line.trimEnd();
    const begin = index + (content.length - content.trimStart().length);
    const to = index + content.length;
    if (/^\s*#\s*region\b/.test(content)) {
      endRun();
      regions.push(begin);
    } else if (/^\s*#\s*endregion\b/.test(content)) {
      endRun();
      const from = regions.pop();
      if (from !== undefined) found.push({ kind: 'region', from, to });
    } else if (/^\s*#/.test(content)) {
      run = run ? { ...run, to, lines: run.lines + 1 } : { from: begin, to, lines: 1 };
    } else endRun();
    if (line === '') break;
  }
  endRun();
  return found;
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
    const bracketed = ['Block', 'List', 'ArgumentList'].includes(node.name);
    if (bracketed && /[}\])]$/.test(text.slice(node.from, node.to))) take(node.from + 1, node.to - 1);
    take(node.from, node.to);
  }
  take(0, text.length);
  return spans;
}
