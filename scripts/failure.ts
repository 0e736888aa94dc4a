/** How a script ends that cannot do what it was asked: 2 where the person can mend it, 1 otherwise. */
import { ProgramFailed } from './run.ts';

/** Something that only the person can put right; the message says how. */
export class InputWrong extends Error {}

/** Says what is wrong in one line where that is all there is to say, with a stack where it is a bug, and exits. */
export function explainAndExit(error: unknown): never {
  const expected = error instanceof InputWrong || error instanceof ProgramFailed;
  process.stderr.write(`\n${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof InputWrong ? 2 : 1);
}
