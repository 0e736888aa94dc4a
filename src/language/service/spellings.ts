import { spellingsFor } from '../checking/words.ts';

/** Every word that a value can be, whatever its catalogue. */
export const spellings: ReadonlySet<string> = new Set(
  (['activation', 'initialiser', 'optimizer', 'schedule', 'clip', 'loss'] as const).flatMap((type) =>
    spellingsFor(type),
  ),
);
