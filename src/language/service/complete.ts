import type { Argument, CatalogueEntry } from '../catalogue/entry.ts';
import { dataKinds } from '../catalogue/dataKinds.ts';
import { lineEntries, settingsEntry, statementEntries } from '../catalogue/lookup.ts';
import type { CheckedFile } from '../check.ts';
import { entriesFor } from '../checking/words.ts';
import type { Completion, CompletionKind, CompletionSurroundings, Proposal } from './completion.ts';
import { describeArgument, describeEntry, parametersOf, type Form } from './markdown.ts';
import { labelsOf } from '../namedThing.ts';
import { settingsBlocks } from './names.ts';
import { keywordProposal, statementProposals } from './statementProposals.ts';
import { isCatalogueType, locate, type ArgumentPlace, type Place, type Surroundings } from './place.ts';

/** What can be written at the offset. */
export function complete(
  file: CheckedFile,
  offset: number,
  surroundings: CompletionSurroundings = {},
): readonly Completion[] {
  const { place, word } = locate(file.text, file.tree, offset);
  return proposals(file, place, offset, surroundings).map((proposal, order) => ({
    ...proposal,
    replace: word,
    order,
  }));
}

/** Whether a path can be written at the offset: to know which there are takes a look at the disk. */
export function awaitsPath({ text, tree }: CheckedFile, offset: number): boolean {
  const { place } = locate(text, tree, offset);
  return place.type === 'value' && place.argument.type.type === 'path';
}

function proposals(
  file: CheckedFile,
  place: Place,
  offset: number,
  around: CompletionSurroundings,
): Proposal[] {
  switch (place.type) {
    case 'begin':
      return beginnings(file, place.surroundings);
    case 'layer':
      return lineEntries
        .filter(({ name }) => name !== 'input')
        .map((entry) => entryProposal(entry, 'line', 'layer'));
    case 'data kind':
      return dataKinds.map((entry) => ({
        ...entryProposal(entry, 'data', 'data'),
        insert: `${entry.name} { $0 }`,
        snippet: true,
        goOn: true,
      }));
    case 'argument':
      return argumentProposals(file, place, offset, around);
    case 'value':
      return valueProposals(file, place.argument, offset, around, place.quoted);
    case 'let value':
      return (['activation', 'initialiser', 'optimizer', 'schedule'] as const).flatMap((type) =>
        entriesFor(type).map((entry) => entryProposal(entry, 'call', 'function')),
      );
    case 'nothing':
      return [];
    default:
      return place satisfies never;
  }
}

function beginnings(file: CheckedFile, surroundings: Surroundings): Proposal[] {
  if (surroundings.in === 'settings') {
    const { entry, used } = surroundings;
    return requiredFirst(entry?.arguments ?? [])
      .filter(({ name }) => !used.has(name))
      .map((argument) => namedProposal(argument, ' = '));
  }
  if (surroundings.in === 'file') return statementProposals(file);
  if (surroundings.first && surroundings.outermost)
    return lineEntries
      .filter(({ name }) => name === 'input')
      .map((entry) => entryProposal(entry, 'line', 'layer'));
  const settings = statementEntries.filter(({ name }) => settingsEntry(name, 'moons') !== undefined);
  return [
    ...lineEntries
      .filter(({ name }) => name !== 'input')
      .map((entry) => entryProposal(entry, 'line', 'layer')),
    ...(surroundings.outermost ? settings.map((entry) => keywordProposal(entry)) : []),
  ];
}

/** Examples of values for what must be written. */
const samples: Readonly<Record<string, string>> = {
  units: '16',
  filters: '16',
  kernel: '3',
  size: '2',
  shape: '2',
  count: '8',
  vocab: '27',
  dim: '16',
  heads: '4',
  gamma: '0.1',
  max: '1',
  mean: '0',
  std: '0.05',
  a: '-0.1',
  b: '0.1',
  c: '0.5',
};

function entryProposal(entry: CatalogueEntry, form: Form, kind: CompletionKind): Proposal {
  const needed = entry.arguments.filter(({ required, position }) => required && position !== undefined);
  const values = needed.map(({ name }, index) => `\${${index + 1}:${samples[name] ?? ''}}`);
  const block = entry.name === 'repeat' || entry.name === 'residual' ? ' { $0 }' : '';
  const insert =
    form === 'call'
      ? values.length > 0
        ? `${entry.name}(${values.join(', ')})`
        : entry.name
      : [entry.name, ...values].join(' ') + block;
  return {
    label: entry.name,
    kind,
    insert,
    snippet: values.length > 0 || block !== '',
    detail: parametersOf(entry, form).join(form === 'call' ? ', ' : ' '),
    markdown: describeEntry(entry, form),
    goOn: false,
  };
}

function namedProposal(argument: Argument, equals: string): Proposal {
  return {
    label: argument.name,
    kind: 'argument',
    insert: `${argument.name}${equals}`,
    snippet: false,
    detail: argument.default === undefined ? '' : `= ${argument.default}`,
    markdown: describeArgument(argument),
    goOn: true,
  };
}

function argumentProposals(
  file: CheckedFile,
  place: ArgumentPlace,
  offset: number,
  around: CompletionSurroundings,
): Proposal[] {
  const { entry, positional, used, form } = place;
  const next = entry.arguments.find(({ position }) => position === positional);
  const byName = entry.arguments.filter(
    ({ name, position }) =>
      !used.has(name) && (position === undefined || (form === 'call' && position >= positional)),
  );
  return [
    ...(next && !used.has(next.name) ? valueProposals(file, next, offset, around, false) : []),
    ...requiredFirst(byName).map((argument) => namedProposal(argument, '=')),
  ];
}

/** What has to be there is what one looks for first. */
function requiredFirst(given: readonly Argument[]): Argument[] {
  return [...given.filter(({ required }) => required), ...given.filter(({ required }) => !required)];
}

function valueProposals(
  file: CheckedFile,
  argument: Argument,
  offset: number,
  around: CompletionSurroundings,
  quoted: boolean,
): Proposal[] {
  const { type } = argument;
  const constants = (words: readonly string[]): Proposal[] =>
    words.map((word) => plain(word, 'constant', describeArgument(argument)));
  if (isCatalogueType(type.type)) {
    const words = 'words' in type ? type.words : undefined;
    return [
      ...entriesFor(type.type, words).map((entry) => entryProposal(entry, 'call', 'function')),
      ...letProposals(file),
    ];
  }
  switch (type.type) {
    case 'boolean':
      return constants(['true', 'false']);
    case 'word':
      return constants(type.words);
    case 'label':
      return labelProposals(file, offset);
    case 'path':
      return (around.paths ?? [])
        .filter(
          (path) =>
            type.extensions.length === 0 ||
            type.extensions.some((extension) => path.endsWith(`.${extension}`)),
        )
        .map((path) => ({ ...plain(path, 'path', ''), insert: quoted ? path : `"${path}"` }));
    case 'column':
      return columnsAt(file, offset, around).map((column) => ({
        ...plain(column, 'column', ''),
        insert: quoted || /^[A-Za-z_]\w*$/.test(column) ? column : `"${column}"`,
      }));
    case 'integer':
      return [...constants(type.words ?? []), ...letProposals(file)];
    default:
      return letProposals(file);
  }
}

const plain = (label: string, kind: CompletionKind, markdown: string): Proposal => ({
  label,
  kind,
  insert: label,
  snippet: false,
  detail: '',
  markdown,
  goOn: false,
});

function letProposals({ lets, text }: CheckedFile): Proposal[] {
  return lets.map(({ statement }) => ({
    ...plain(statement.name!.text, 'variable', ''),
    detail: statement.value ? text.slice(statement.value.from, statement.value.to) : '',
  }));
}

function labelProposals({ syntax, text }: CheckedFile, offset: number): Proposal[] {
  const network = syntax.statements.find(
    ({ type, from, to }) => type === 'network' && from <= offset && offset <= to,
  );
  if (network?.type !== 'network') return [];
  return labelsOf(network)
    .filter(({ statement }) => statement.to <= offset)
    .map(({ name, statement }) => ({
      ...plain(name, 'label', ''),
      detail: text.slice(statement.from, statement.to).split('\n')[0],
    }));
}

/** Columns of the file that the block around the offset names. */
function columnsAt(
  { syntax }: CheckedFile,
  offset: number,
  around: CompletionSurroundings,
): readonly string[] {
  const block = settingsBlocks(syntax).find(
    ({ type, from, to }) => type === 'data' && from <= offset && offset <= to,
  );
  if (!block) return [];
  const path = block.settings.find(({ name }) => name.text === 'path')?.value;
  return path?.type === 'string' ? (around.columns?.(path.value) ?? []) : [];
}
