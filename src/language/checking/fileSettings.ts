import { notBuiltYet } from '../catalogue/availability.ts';
import { dataKinds } from '../catalogue/dataKinds.ts';
import type { CatalogueEntry } from '../catalogue/entry.ts';
import { analyze, train } from '../catalogue/settings.ts';
import { secondBlockFixes } from '../edit/settings.ts';
import { nearestWord } from '../nearest.ts';
import type { SettingsBlock } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { readSettings, type SettingsOutcome } from './settings.ts';
import { replaceBy } from './replacement.ts';

const kindsByName: ReadonlyMap<string, CatalogueEntry> = new Map(
  dataKinds.map((entry) => [entry.name, entry]),
);

/** The `data`, `train` and `analyze` blocks that stand in one place, each held against its entry. */
export interface SettingsBlocks {
  readonly data: SettingsOutcome | undefined;
  readonly train: SettingsOutcome | undefined;
  readonly analyze: SettingsOutcome | undefined;
  /** Blocks that are there but whose kind is not known, or that are there twice. */
  readonly broken: ReadonlySet<SettingsBlock['type']>;
}

const none: SettingsBlocks = { data: undefined, train: undefined, analyze: undefined, broken: new Set() };

/** Reads the blocks of a file or of one network. */
export function readBlocks(
  context: CheckContext,
  blocks: readonly SettingsBlock[],
  where: string,
): SettingsBlocks {
  if (blocks.length === 0) return none;
  const found: Partial<Record<SettingsBlock['type'], SettingsOutcome>> = {};
  const broken = new Set<SettingsBlock['type']>();
  const firsts = new Map<SettingsBlock['type'], SettingsBlock>();
  for (const block of blocks) {
    const first = firsts.get(block.type);
    if (first) {
      const related = [{ from: first.keyword.from, to: first.keyword.to, message: 'The first one.' }];
      context.diagnostics.add(
        'duplicate',
        block.keyword,
        `There is another \`${block.type}\` block in this ${where} already.`,
        { related, fixes: context.hasSyntaxError(block) ? [] : secondBlockFixes(context.text, first, block) },
      );
      broken.add(block.type);
      continue;
    }
    firsts.set(block.type, block);
    const entry =
      block.type === 'train' ? train : block.type === 'analyze' ? analyze : dataEntry(context, block);
    if (entry) found[block.type] = readSettings(context, block, entry);
    else broken.add(block.type);
  }
  return { data: found.data, train: found.train, analyze: found.analyze, broken };
}

function dataEntry(context: CheckContext, { kind }: SettingsBlock): CatalogueEntry | undefined {
  if (!kind) return undefined; // The parser has said that it is missing.
  const entry = kindsByName.get(kind.text);
  if (!entry) {
    const nearest = nearestWord(kind.text, kindsByName.keys());
    const meant =
      nearest === undefined
        ? ` Known are ${[...kindsByName.keys()].map((name) => `\`${name}\``).join(', ')}.`
        : ` Did you mean \`${nearest}\`?`;
    const more = nearest === undefined ? {} : { fixes: [replaceBy(kind, nearest)] };
    context.diagnostics.add('unknown-word', kind, `\`${kind.text}\` is not a kind of data.${meant}`, more);
    return undefined;
  }
  if (!notBuiltYet.has(entry.name)) return entry;
  context.diagnostics.add(
    'not-built-yet',
    kind,
    `\`data ${kind.text}\` is specified but not built yet: it cannot be trained on.`,
  );
  return undefined;
}
