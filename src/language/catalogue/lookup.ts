/** From words of a text to the entries of the catalogue. */
import { dataKinds } from './dataKinds.ts';
import type { CatalogueEntry } from './entry.ts';
import { layers } from './layers.ts';
import { analyze, train } from './settings.ts';
import { input, repeat } from './structure.ts';

/** What can begin a line of a network, in the order of the reference. */
export const lineEntries: readonly CatalogueEntry[] = [input, repeat, ...layers];

const linesByName: ReadonlyMap<string, CatalogueEntry> = new Map(
  lineEntries.map((entry) => [entry.name, entry]),
);
const dataByName: ReadonlyMap<string, CatalogueEntry> = new Map(
  dataKinds.map((entry) => [entry.name, entry]),
);

/** The entry of a layer, of `input` or of `repeat`. */
export function lineEntry(kind: string): CatalogueEntry | undefined {
  return linesByName.get(kind);
}

/** The entry of `data KIND`, `train` or `analyze`. */
export function settingsEntry(type: string, kind: string | undefined): CatalogueEntry | undefined {
  if (type === 'train') return train;
  if (type === 'analyze') return analyze;
  return type === 'data' && kind !== undefined ? dataByName.get(kind) : undefined;
}

/** The words that begin a statement of a file, with what they are. */
export const statementEntries: readonly CatalogueEntry[] = [
  {
    name: 'network',
    summary: 'A network: its input and its layers, from input to output.',
    arguments: [],
    example: 'network deep { input 2; dense 16 relu; dense 1 }',
  },
  {
    name: 'data',
    summary:
      'The data that networks learn from: a kind and its settings. Inside of a network it overrides the file’s, setting by setting.',
    arguments: [],
    example: 'data moons { samples = 1000, noise = 0.1 }',
  },
  train,
  analyze,
  {
    name: 'let',
    summary: 'A name for a value, to be used wherever a value stands.',
    arguments: [],
    example: 'let width = 16',
  },
];
