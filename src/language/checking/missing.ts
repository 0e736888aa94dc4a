/** Fixes that write what is missing, with the values of the catalogue's examples. */
import type { Argument, CatalogueEntry } from '../catalogue/entry.ts';
import type { Fix } from '../diagnostic.ts';
import { headEnd } from '../edit/removal.ts';
import { indentation, newline } from '../edit/statements.ts';
import { parse } from '../parse.ts';
import type { CallValue, LayerLine, Name, SettingsBlock, Span, Value } from '../syntax.ts';

/** Writes arguments that are missing, all at once; undefined where no example says what they could be. */
export type Completion = (missing: readonly Argument[]) => Fix | undefined;

/** Behind what stands on the line of a layer; `label` is the one that is taken where one is missing. */
export function completeLine(entry: CatalogueEntry, line: LayerLine, label: string | undefined): Completion {
  return (missing) => {
    const usual = new Map<string, string>();
    for (const { name, type } of missing) {
      if (type.type !== 'label') continue;
      // One of the example would be there by chance alone.
      if (label === undefined) return undefined;
      usual.set(name, label);
    }
    const items = itemsFor(entry, missing, line.named.length > 0 ? 0 : line.positional.length, '=', usual);
    if (!items) return undefined;
    const end = headEnd(line);
    return insertion(items.join(' '), { from: end, to: end, replacement: ` ${items.join(' ')}` });
  };
}

/** Between the brackets of a call, which a lonely name gets. */
export function completeCall(entry: CatalogueEntry, value: Name | CallValue): Completion {
  return (missing) => {
    const call = value.type === 'call' ? value : { positional: [], named: [] };
    const items = itemsFor(entry, missing, call.named.length > 0 ? 0 : call.positional.length, '=');
    if (!items) return undefined;
    const words = items.join(', ');
    if (value.type === 'name')
      return insertion(`(${words})`, { from: value.to, to: value.to, replacement: `(${words})` });
    const lead = call.positional.length + call.named.length > 0 ? ', ' : '';
    return insertion(words, { from: value.to - 1, to: value.to - 1, replacement: lead + words });
  };
}

/** In front of the settings of a block. `usual` gives values that suit better than those of the example. */
export function completeBlock(
  text: string,
  entry: CatalogueEntry,
  block: SettingsBlock,
  usual: () => ReadonlyMap<string, string> = () => new Map(),
): Completion {
  return (missing) => {
    const items = itemsFor(entry, missing, 0, ' = ', usual());
    if (!items) return undefined;
    const words = items.join(', ');
    const [first] = block.settings;
    const from = first?.from ?? text.indexOf('{', (block.kind ?? block.keyword).to) + 1;
    const end = text[from] === '}' ? ' ' : '';
    const lines = `${newline(text, from)}${indentation(text, from)}`;
    const ownLine = /[\r\n]\s*$/.test(text.slice(block.from, from));
    const replacement = first ? `${words}${ownLine ? lines : ', '}` : ` ${words}${end}`;
    return insertion(words, { from, to: from, replacement });
  };
}

function insertion(words: string, edit: Fix['edits'][number]): Fix {
  return { title: `Insert \`${words}\``, edits: [edit] };
}

/** The arguments as they are written behind `placed` others by place; by name where a place before theirs is free. */
function itemsFor(
  entry: CatalogueEntry,
  missing: readonly Argument[],
  placed: number,
  sign: string,
  usual: ReadonlyMap<string, string> = new Map(),
): string[] | undefined {
  const examples = exampleValues(entry);
  let place = placed;
  const items = missing.map(({ name, position }) => {
    const value = usual.get(name) ?? examples.get(name);
    if (value === undefined) return undefined;
    return position === place++ ? value : `${name}${sign}${value}`;
  });
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}

/** The arguments in the example of an entry, as they are written there. */
function exampleValues(entry: CatalogueEntry): ReadonlyMap<string, string> {
  const { example = '' } = entry;
  for (const text of [example, `network n { ${example} }`, `train { ${example} }`]) {
    const found = new Map<string, string>();
    const take = (name: string | undefined, value: Span | undefined): void => {
      if (name !== undefined && value && !found.has(name)) found.set(name, text.slice(value.from, value.to));
    };
    const head = headsIn(text).find(({ name }) => name === entry.name);
    const places = entry.arguments.filter(({ position }) => position !== undefined);
    head?.positional.forEach((value, index) =>
      take(places.find(({ position }) => position === index)?.name, value),
    );
    head?.named.forEach(({ name, value }) => take(name.text, value));
    if (found.size > 0) return found;
  }
  return new Map();
}

type Head = Pick<CallValue, 'positional'> & {
  readonly name: string;
  readonly named: readonly { readonly name: Name; readonly value: Value | undefined }[];
};

/** Every block of settings, line and call of a text with what is written in it. */
function headsIn(text: string): Head[] {
  const inValue = (value: Value | undefined): Head[] =>
    value?.type === 'call' ? [{ ...value, name: value.callee.text }] : [];
  return parse(text).syntax.statements.flatMap((statement): Head[] => {
    if (statement.type === 'let') return [];
    if (statement.type !== 'network') {
      const named = statement.settings;
      return [
        { name: statement.kind?.text ?? statement.type, positional: [], named },
        ...named.flatMap(({ value }) => inValue(value)),
      ];
    }
    return (statement.block?.lines ?? []).flatMap((line) =>
      line.type === 'layer'
        ? [
            { ...line, name: line.kind.text },
            ...[...line.positional, ...line.named.map(({ value }) => value)].flatMap(inValue),
          ]
        : [],
    );
  });
}
