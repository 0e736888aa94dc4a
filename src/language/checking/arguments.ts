import type { Argument, CatalogueEntry } from '../catalogue/entry.ts';
import { nearestWord } from '../nearest.ts';
import type { CallValue, Name, NamedArgument, Setting, Span, Value } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { ResolvedArguments, type WrittenValue } from './resolved.ts';
import { describeType } from './typeWords.ts';
import { replaceBy, resolveValue } from './values.ts';

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
  const take = (argument: Argument, value: Value, place: Span): void => {
    const first = names.get(argument.name);
    if (first) {
      const message = `\`${argument.name}\` is given twice.`;
      context.diagnostics.add('duplicate', place, message, {
        related: [{ ...spanOf(first), message: 'The first time.' }],
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
    if (argument) take(argument, value, value);
    else {
      reportSurplus(context, entry, what, value, places);
      ok = false;
    }
  });
  for (const { name, value } of written.named) {
    const argument = entry.arguments.find((candidate) => candidate.name === name.text);
    if (!argument) {
      reportUnknownArgument(context, entry, what, name);
      ok = false;
    } else if (value) take(argument, value, name);
    else ok = false; // A missing value was reported by the parser.
  }
  return { values, ok };
}

/** Reports the first argument that is required and missing; true where none is. */
export function checkRequired(
  context: CheckContext,
  entry: CatalogueEntry,
  present: (name: string) => boolean,
  at: Span,
  what = entry.name,
  statement: Span = at,
): boolean {
  const missing = entry.arguments.find(({ required, name }) => required && !present(name));
  if (!missing) return true;
  // Of a statement that cannot be read it is not known what is missing.
  if (context.hasSyntaxError(statement)) return false;
  const example = entry.example === undefined ? '' : `, as in \`${entry.example}\``;
  const message = `\`${what}\` lacks \`${missing.name}\`: expected ${describeType(missing.type)}${example}.`;
  context.diagnostics.add('missing-argument', at, message);
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
    isPlaced(entry, written, name);
  const complete = checkRequired(context, entry, mentioned, at);
  return ok && complete ? new ResolvedArguments(entry, values) : undefined;
}

/** Whether something stands in the argument's place, right or wrong. */
export function isPlaced(entry: CatalogueEntry, written: Written, name: string): boolean {
  const places = entry.arguments.filter(({ position }) => position !== undefined).sort(byPosition);
  return places.slice(0, written.positional.length).some((argument) => argument.name === name);
}

function reportSurplus(
  context: CheckContext,
  entry: CatalogueEntry,
  what: string,
  value: Value,
  places: readonly Argument[],
): void {
  const takes =
    places.length === 0
      ? 'takes no values by place'
      : `takes ${places.map(({ name }) => name).join(', ')} by place`;
  const byName = entry.arguments
    .filter(({ position }) => position === undefined)
    .map(({ name }) => `${name}=`);
  const others =
    byName.length === 0 ? '' : `; ${byName.join(', ')} ${byName.length === 1 ? 'is' : 'are'} written by name`;
  context.diagnostics.add('surplus-argument', value, `\`${what}\` ${takes}${others}.`);
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
