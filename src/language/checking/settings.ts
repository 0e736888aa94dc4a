/** Blocks of `NAME = VALUE`, the file's overridden by the network's own, setting by setting. */
import type { CatalogueEntry } from '../catalogue/entry.ts';
import type { SettingsBlock, Span } from '../syntax.ts';
import { checkRequired, isMeant, resolveWritten, type ArgumentOutcome } from './arguments.ts';
import type { CheckContext } from './context.ts';
import { completeBlock } from './missing.ts';
import { ResolvedArguments } from './resolved.ts';

/** A block of settings held against its entry. */
export interface SettingsOutcome extends ArgumentOutcome {
  readonly block: SettingsBlock;
  readonly entry: CatalogueEntry;
}

export function readSettings(
  context: CheckContext,
  block: SettingsBlock,
  entry: CatalogueEntry,
): SettingsOutcome {
  const what = block.type === 'data' ? `data ${entry.name}` : entry.name;
  return { block, entry, ...resolveWritten(context, entry, { positional: [], named: block.settings }, what) };
}

/** A network's settings, and the block that says most of them. */
export interface MergedSettings {
  readonly arguments: ResolvedArguments;
  readonly block: SettingsBlock;
}

/** What a file's blocks come to for every network that has none of its own; those that are not in order are looked at for each. */
const sharedByNetworks = new WeakMap<SettingsOutcome, MergedSettings>();

/**
 * A network's settings from the file's block and its own; undefined where one of them is wrong or something is missing.
 * `usual` gives values to propose for what is missing.
 */
export function mergeSettings(
  context: CheckContext,
  file: SettingsOutcome | undefined,
  own: SettingsOutcome | undefined,
  usual?: () => ReadonlyMap<string, string>,
): MergedSettings | undefined {
  const shared = file && !own ? sharedByNetworks.get(file) : undefined;
  if (shared) return shared;
  const main = own ?? file;
  if (!main) throw new Error('There are no settings to merge');
  const { entry, block } = main;
  const merged = file && own ? overridden(entry, file.values, own.values) : main.values;
  const mentioned = (name: string): boolean =>
    merged.has(name) ||
    [file, own].some(
      (source) =>
        source?.block.settings.some((setting) => setting.name.text === name) ||
        isMeant({ named: source?.block.settings ?? [] }, entry, name),
    );
  const what = block.type === 'data' ? `data ${entry.name}` : entry.name;
  const complete = checkRequired(context, entry, mentioned, {
    what,
    at: headOf(block),
    statement: block,
    complete: completeBlock(context.text, entry, block, usual),
  });
  const sound = (file?.ok ?? true) && (own?.ok ?? true);
  if (!complete || !sound) return undefined;
  const result = { arguments: new ResolvedArguments(entry, merged), block };
  if (file && !own) sharedByNetworks.set(file, result);
  return result;
}

/** The file's values with the network's own over them. */
function overridden(
  entry: CatalogueEntry,
  file: ArgumentOutcome['values'],
  own: ArgumentOutcome['values'],
): ArgumentOutcome['values'] {
  // Settings of another kind of data carry over where the kinds have them in common.
  const merged = new Map([...file, ...own].filter(([name]) => knows(entry, name)));
  // Steps and epochs say the same thing: the network's own replaces the file's.
  if (own.has('steps') && !own.has('epochs')) merged.delete('epochs');
  if (own.has('epochs') && !own.has('steps')) merged.delete('steps');
  return merged;
}

const knows = (entry: CatalogueEntry, name: string): boolean =>
  entry.arguments.some((argument) => argument.name === name);

/** `data moons`, or the keyword alone. */
export function headOf({ keyword, kind }: SettingsBlock): Span {
  return { from: keyword.from, to: kind?.to ?? keyword.to };
}
