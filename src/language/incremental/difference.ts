import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';

/** One stretch of a text that was replaced: everything in front of and behind it is as it was. */
export interface Difference {
  readonly from: number;
  readonly oldTo: number;
  readonly newTo: number;
  /** Lines that became more. */
  readonly lines: number;
}

const carriageReturn = 13;
const newline = 10;

/** The smallest stretch in which two texts differ; `\r\n` is never cut in two. */
export function differenceOf(old: string, text: string): Difference {
  const shorter = Math.min(old.length, text.length);
  let from = largestSuch(shorter, (low, high) => old.slice(low, high) === text.slice(low, high));
  if (from > 0 && old.charCodeAt(from - 1) === carriageReturn) from--;
  let tail = largestSuch(
    shorter - from,
    (low, high) =>
      old.slice(old.length - high, old.length - low) === text.slice(text.length - high, text.length - low),
  );
  if (tail > 0 && old.charCodeAt(old.length - tail) === newline) tail--;
  const [oldTo, newTo] = [old.length - tail, text.length - tail];
  return { from, oldTo, newTo, lines: lineEnds(text.slice(from, newTo)) - lineEnds(old.slice(from, oldTo)) };
}

/** The largest number up to `most` where `holds` of every stretch below it; two texts are compared by halves, not by characters. */
function largestSuch(most: number, holds: (low: number, high: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Whether a stretch of the old text is unchanged and touches nothing that was. */
export function isUntouched({ from, oldTo }: Difference, span: Span): boolean {
  return span.to < from || span.from >= oldTo;
}

/** How far an offset of the old text has moved. */
export function moved({ oldTo, newTo }: Difference, offset: number): number {
  return offset >= oldTo ? newTo - oldTo : 0;
}

/** The finding about unchanged text in its new place. */
export function moveDiagnostic(difference: Difference, diagnostic: Diagnostic): Diagnostic {
  const { related, fixes } = diagnostic;
  const move = <Part extends Span>(part: Part): Part => {
    const delta = moved(difference, part.from);
    return delta === 0 ? part : { ...part, from: part.from + delta, to: part.to + delta };
  };
  return {
    ...move(diagnostic),
    ...(related && { related: related.map(move) }),
    ...(fixes && { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(move) })) }),
  };
}
