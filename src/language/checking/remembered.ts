/** Lines that were found to be right, by their text: the same text means the same wherever it stands. */
import { shiftName } from '../incremental/shift.ts';
import type { Name } from '../syntax.ts';
import type { Lets } from './lets.ts';
import type { ResolvedArguments } from './resolved.ts';

interface Remembered {
  readonly arguments: ResolvedArguments;
  /** Where the text stood. */
  readonly from: number;
  /** What in it may be the name of a `let`, and the `let` statements that there were. */
  readonly names: readonly Name[];
  readonly lets: number;
}

/** More than the lines of any file that people write; beyond it everything is forgotten at once. */
const most = 20_000;

const lines = new Map<string, Remembered>();

/** The arguments of a line of this text, as if it stood at `from`. */
export function recallLine(text: string, from: number, lets: Lets): ResolvedArguments | undefined {
  const known = lines.get(text);
  if (!known) return undefined;
  const delta = from - known.from;
  if (known.names.length > 0) {
    if (known.lets !== lets.version) return undefined;
    lets.lookUpAgain(known.names.map((name) => shiftName(name, delta)));
  }
  return known.arguments.moved(delta);
}

/** Keeps the arguments of a line without a mistake, of which `names` were looked up. */
export function rememberLine(
  text: string,
  from: number,
  resolved: ResolvedArguments,
  names: readonly Name[],
  lets: Lets,
): void {
  if (lines.size >= most) lines.clear();
  lines.set(text, { arguments: resolved, from, names, lets: lets.version });
}
