/** The catalogues that an argument's type refers to, and how messages call their words. */
import { activations } from '../catalogue/activations.ts';
import type { CatalogueEntry, CatalogueType } from '../catalogue/entry.ts';
import { initialisers } from '../catalogue/initialisers.ts';
import { losses } from '../catalogue/losses.ts';
import { optimizers } from '../catalogue/optimizers.ts';
import { clips, schedules } from '../catalogue/schedules.ts';

const catalogues: Record<CatalogueType, readonly CatalogueEntry[]> = {
  activation: activations,
  initialiser: initialisers,
  optimizer: optimizers,
  schedule: schedules,
  clip: clips,
  loss: losses,
};

const byName: ReadonlyMap<string, ReadonlyMap<string, CatalogueEntry>> = new Map(
  Object.entries(catalogues).map(([type, entries]) => [
    type,
    new Map(entries.flatMap((entry) => [entry.name, ...(entry.aliases ?? [])].map((name) => [name, entry]))),
  ]),
);

/** The entries that are allowed for a type. */
export function entriesFor(type: CatalogueType, words?: readonly string[]): readonly CatalogueEntry[] {
  return words ? catalogues[type].filter(({ name }) => words.includes(name)) : catalogues[type];
}

/** The entry that a word (or another spelling of it) names. */
export function findEntry(
  type: CatalogueType,
  word: string,
  words?: readonly string[],
): CatalogueEntry | undefined {
  const entry = byName.get(type)?.get(word);
  return entry && (!words || words.includes(entry.name)) ? entry : undefined;
}

/** Every spelling that is allowed for a type. */
export function spellingsFor(type: CatalogueType, words?: readonly string[]): readonly string[] {
  return entriesFor(type, words).flatMap((entry) => [entry.name, ...(entry.aliases ?? [])]);
}

/** `an activation`, `a schedule`. */
export function nounFor(type: CatalogueType): string {
  const nouns: Record<CatalogueType, string> = {
    activation: 'an activation',
    initialiser: 'an initialiser',
    optimizer: 'an optimizer',
    schedule: 'a schedule',
    clip: 'a way of clipping',
    loss: 'a loss',
  };
  return nouns[type];
}
