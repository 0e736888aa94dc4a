/** Lines that were found to be right, by their text: the same text means the same wherever it stands. */
import type { ResolvedArguments } from './resolved.ts';

interface Remembered {
  readonly arguments: ResolvedArguments;
  /** Where the text stood. */
  readonly from: number;
}

/** More than the lines of any file that people write; beyond it everything is forgotten at once. */
const most = 20_000;

const lines = new Map<string, Remembered>();

/** The arguments of a line of this text, as if it stood at `from`. */
export function recallLine(text: string, from: number): ResolvedArguments | undefined {
  const known = lines.get(text);
  return known?.arguments.moved(from - known.from);
}

/** Keeps the arguments of a line; only of one without a mistake, and whose meaning no `let` has a part in. */
export function rememberLine(text: string, from: number, resolved: ResolvedArguments): void {
  if (lines.size >= most) lines.clear();
  lines.set(text, { arguments: resolved, from });
}
