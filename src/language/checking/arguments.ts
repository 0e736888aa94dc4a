import type { Argument, CatalogueEntry } from '../catalogue/entry.ts';
import { nearestWord } from '../nearest.ts';
import type { Fix } from '../diagnostic.ts';
import { removeStatement } from '../edit/removal.ts';
import type { CallValue, Name, NamedArgument, Setting, Span, Value } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { completeCall, type Completion } from './missing.ts';
import { ResolvedArguments, type WrittenValue } from './resolved.ts';
import { describeType } from './typeWords.ts';
import { replaceBy } from './replacement.ts';
import { resolveValue } from './values.ts';
import { findEntry } from './words.ts';

/** Values by place and by name, as a layer line, a call or a block of settings has them. */
interface Written {
  readonly positional: readonly Value[];
  readonly named: readonly (NamedArgument | Setting)[];
}

/** What became of the written values: the good ones, and whether there were others. */
export interface ArgumentOutcome {
  readonly values: ReadonlyMap<string, WrittenValue>;
  readonly ok: boolean;
}

/** Holds written values against an entry's arguments and reports what does not fit. What is missing is not looked at. */
export function resolveWritten(
  context: CheckContext,
  entry: CatalogueEntry,
  written: Written,
  what = entry.name,
): ArgumentOutcome {
  const values = new Map<string, WrittenValue>();
  const names = new Map<string, Span>();
  let ok = true;
  const take = (argument: Argument, value: Value, place: Span, item: Span): void => {
    const first = names.get(argument.name);
    if (first) {
      const message = `\`${argument.name}\` is given twice.`;
      context.diagnostics.add('duplicate', place, message, {
        related: [{ ...spanOf(first), message: 'The first time.' }],
        fixes: [removal(context, written, item)],
      });
      ok = false;
      return;
    }
    names.set(argument.name, place);
    const resolved = resolveValue(context, argument, value);
    if (resolved) values.set(argument.name, { value: resolved, span: spanOf(value) });
    else ok = false;
  };
  const places = placesOf(entry);
  written.positional.forEach((value, index) => {
    const argument = places[index];
    if (argument) take(argument, value, value, value);
    else {
      reportSurplus(context, entry, what, value, written);
      ok = false;
    }
  });
  for (const item of written.named) {
    const { name, value } = item;
    const argument = entry.arguments.find((candidate) => candidate.name === name.text);
    if (!argument) {
      reportUnknownArgument(context, entry, what, name);
      ok = false;
    } else if (value) take(argument, value, name, item);
    else ok = false; // A missing value was reported by the parser.
  }
  return { values, ok };
}

/** Takes an item out together with what separates it from the one in front of it, or with its line. */
function removal({ text }: CheckContext, { positional, named }: Written, item: Span): Fix {
  const before = [...positional, ...named].findLast(({ to }) => to <= item.from);
  const gap = before && text.slice(before.to, item.from);
  const edit =
    gap !== undefined && /^[ \t]*[,;]?[ \t]*$/.test(gap)
      ? { from: before!.to, to: item.to, replacement: '' }
      : removeStatement(text, item);
  return { title: `Remove \`${text.slice(item.from, item.to)}\``, edits: [edit] };
}

/** What may lack an argument: its words for messages, its place, and how what is missing is written. */
interface Incomplete {
  readonly what: string;
  readonly at: Span;
  /** The whole of it; `at` where that is the whole. */
  readonly statement?: Span;
  readonly complete: Completion | undefined;
}

/** Whether one of the names that are written is probably meant to be that of the argument; that it is not was reported. */
export function isMeant({ named }: Pick<Written, 'named'>, entry: CatalogueEntry, argument: string): boolean {
  const known = entry.arguments.map(({ name }) => name);
  return named.some(({ name }) => !known.includes(name.text) && nearestWord(name.text, known) === argument);
}

/** Reports the first argument that is required and missing; true where none is. */
export function checkRequired(
  context: CheckContext,
  entry: CatalogueEntry,
  present: (name: string) => boolean,
  { what, at, statement = at, complete }: Incomplete,
): boolean {
  const missing = entry.arguments.filter(({ required, name }) => required && !present(name));
  const [first] = missing;
  if (!first) return true;
  // Of a statement that cannot be read it is not known what is missing.
  if (context.hasSyntaxError(statement)) return false;
  const example = entry.example === undefined ? '' : `, as in \`${entry.example}\``;
  const message = `\`${what}\` lacks \`${first.name}\`: expected ${describeType(first.type)}${example}.`;
  const fix = complete?.(missing);
  context.diagnostics.add('missing-argument', at, message, fix && { fixes: [fix] });
  return false;
}

/** The arguments of a catalogue's word, with or without brackets. Reports at `at` what has no place of its own. */
export function resolveCallArguments(
  context: CheckContext,
  entry: CatalogueEntry,
  value: Name | CallValue,
  at: Span,
): ResolvedArguments | undefined {
  const written = value.type === 'call' ? value : { positional: [], named: [] };
  const { values, ok } = resolveWritten(context, entry, written);
  const mentioned = (name: string): boolean =>
    values.has(name) ||
    written.named.some((argument) => argument.name.text === name) ||
    isPlaced(entry, written, name) ||
    isMeant(written, entry, name);
  const complete = checkRequired(context, entry, mentioned, {
    what: entry.name,
    at,
    // The value of a `let` is not for this place alone.
    complete: at === value ? completeCall(entry, value) : undefined,
  });
  return ok && complete ? new ResolvedArguments(entry, values) : undefined;
}

/** Whether something stands in the argument's place, right or wrong. */
export function isPlaced(entry: CatalogueEntry, written: Written, name: string): boolean {
  const index = placesOf(entry).findIndex((argument) => argument.name === name);
  return index >= 0 && index < written.positional.length;
}

function reportSurplus(
  context: CheckContext,
  entry: CatalogueEntry,
  what: string,
  value: Value,
  written: Written,
): void {
  const places = placesOf(entry);
  const takes =
    places.length === 0
      ? 'takes no values by place'
      : `takes ${places.map(({ name }) => name).join(', ')} by place`;
  const byName = entry.arguments
    .filter(({ position }) => position === undefined)
    .map(({ name }) => `${name}=`);
  const others =
    byName.length === 0 ? '' : `; ${byName.join(', ')} ${byName.length === 1 ? 'is' : 'are'} written by name`;
  const message = `\`${what}\` ${takes}${others}.`;
  const fix = byItsName(context, entry, value, written) ?? removal(context, written, value);
  context.diagnostics.add('surplus-argument', value, message, { fixes: [fix] });
}

/** The value written by the name of the one argument that it can only be for, if no other value stands behind it. */
function byItsName(
  context: CheckContext,
  entry: CatalogueEntry,
  value: Value,
  written: Written,
): Fix | undefined {
  if (written.positional.at(-1) !== value) return undefined;
  const suits = ({ name, position, type }: Argument): boolean =>
    position === undefined &&
    !written.named.some((other) => other.name.text === name) &&
    ((type.type === 'boolean' && value.type === 'boolean') ||
      (type.type === 'initialiser' &&
        value.type === 'name' &&
        findEntry('initialiser', value.text) !== undefined));
  const name = entry.arguments.find(suits)?.name;
  if (name === undefined) return undefined;
  const text = `${name}=${context.text.slice(value.from, value.to)}`;
  return {
    title: `Write \`${text}\``,
    edits: [{ from: value.from, to: value.from, replacement: `${name}=` }],
  };
}

function reportUnknownArgument(context: CheckContext, entry: CatalogueEntry, what: string, name: Name): void {
  const known = entry.arguments.map((argument) => argument.name);
  const nearest = nearestWord(name.text, known);
  const fixes = nearest === undefined ? {} : { fixes: [replaceBy(name, nearest)] };
  const hint =
    nearest !== undefined
      ? `Did you mean \`${nearest}\`?`
      : known.length > 0
        ? `It has ${known.map((word) => `\`${word}\``).join(', ')}.`
        : 'It has none.';
  context.diagnostics.add('unknown-word', name, `\`${what}\` has no \`${name.text}\`. ${hint}`, fixes);
}

const places = new WeakMap<CatalogueEntry, readonly Argument[]>();

/** The arguments that are written by place, in order. */
function placesOf(entry: CatalogueEntry): readonly Argument[] {
  let known = places.get(entry);
  if (!known) {
    known = entry.arguments.filter(({ position }) => position !== undefined).sort(byPosition);
    places.set(entry, known);
  }
  return known;
}

const byPosition = (a: Argument, b: Argument): number => a.position! - b.position!;
const spanOf = ({ from, to }: Span): Span => ({ from, to });
