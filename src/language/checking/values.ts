import type { Argument, ArgumentType, CatalogueArgumentType, CatalogueType } from '../catalogue/entry.ts';
import type { Fix } from '../diagnostic.ts';
import { nearestWord } from '../nearest.ts';
import type { NestedNumbers } from '../network.ts';
import type { ListValue, Name, Span, Value } from '../syntax.ts';
import { resolveCallArguments } from './arguments.ts';
import type { CheckContext } from './context.ts';
import { checkRange } from './ranges.ts';
import { replaceBy } from './replacement.ts';
import type { ResolvedValue } from './resolved.ts';
import { describeType, describeValue } from './typeWords.ts';
import { findEntry, nounFor, spellingsFor } from './words.ts';

/**
 * The value as the argument's type; undefined where it is not of that type, which is then reported at `at`: where the value
 * stands, or the name that stands for it.
 */
export function resolveValue(
  context: CheckContext,
  argument: Argument,
  value: Value,
  at: Span = value,
): ResolvedValue | undefined {
  const { type } = argument;
  if (value.type === 'name' && !isWordOf(type, value.text)) {
    const outcome = context.lets.lookUp(value);
    if (outcome.found) {
      if (!outcome.value) return undefined;
      if (outcome.value !== value) return resolveValue(context, argument, outcome.value, at);
    } else if (!takesAnyName(type) && type.type !== 'path') {
      return reportUnknownName(context, argument, value, at);
    }
  }
  const resolved = resolveType(context, argument, value, at);
  if (resolved === 'reported') return undefined;
  if (resolved === undefined) {
    const message = `\`${argument.name}\` expects ${describeType(type)}, not ${describeValue(context, value)}.`;
    const meant = meantBy(type, value);
    context.diagnostics.add('wrong-type', at, message, {
      fixes: meant === undefined ? [] : [replaceBy(at, meant)],
    });
  }
  return resolved;
}

/** What a value of another type says in the words of this one: a word or a number without its quotes, 0 and 1 for no and yes. */
function meantBy(type: ArgumentType, value: Value): string | undefined {
  if (value.type === 'string') {
    const number = type.type === 'integer' || type.type === 'number';
    return isWordOf(type, value.value) || (number && isNumber(value.value)) ? value.value : undefined;
  }
  if (type.type !== 'boolean' || value.type !== 'number') return undefined;
  return value.value === 0 ? 'false' : value.value === 1 ? 'true' : undefined;
}

const isNumber = (text: string): boolean => /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);

type TypedOutcome = ResolvedValue | 'reported' | undefined;

function resolveType(context: CheckContext, argument: Argument, value: Value, at: Span): TypedOutcome {
  const { type } = argument;
  switch (type.type) {
    case 'integer':
      if (value.type === 'name' && type.words?.includes(value.text))
        return { type: 'text', value: value.text };
      if (value.type !== 'number' || !Number.isFinite(value.value)) return undefined;
      return checkRange(context, argument, value.value, at)
        ? { type: 'number', value: value.value }
        : 'reported';
    case 'number':
      if (value.type !== 'number' || !Number.isFinite(value.value)) return undefined;
      return checkRange(context, argument, value.value, at)
        ? { type: 'number', value: value.value }
        : 'reported';
    case 'boolean':
      return value.type === 'boolean' ? { type: 'boolean', value: value.value } : undefined;
    case 'string':
    case 'path':
      if (value.type !== 'string') return undefined;
      if (value.value !== '') return { type: 'text', value: value.value };
      context.diagnostics.add('out-of-range', at, `\`${argument.name}\` must not be empty.`);
      return 'reported';
    case 'word':
      return value.type === 'name' && type.words.includes(value.text)
        ? { type: 'text', value: value.text }
        : undefined;
    case 'label':
      return value.type === 'name' ? { type: 'text', value: value.text } : undefined;
    case 'shape':
      return resolveSizes(context, argument, type, value, at);
    case 'column':
      return resolveColumns(context, value);
    case 'numbers':
      return resolveNumbers(context, argument, value, at);
    case 'activation':
    case 'initialiser':
    case 'optimizer':
    case 'schedule':
    case 'clip':
    case 'loss':
      return resolveCatalogueWord(context, type.type, type.words, value, at);
    default:
      return type satisfies never;
  }
}

function resolveSizes(
  context: CheckContext,
  argument: Argument,
  type: Extract<ArgumentType, { type: 'shape' }>,
  value: Value,
  at: Span,
): TypedOutcome {
  const sizes = value.type === 'shape' ? value.sizes : value.type === 'number' ? [value.value] : undefined;
  if (!sizes || !type.dimensions.includes(sizes.length)) return undefined;
  const withSide = (index: number) => (side: number) => sizes.with(index, side).join('x');
  return sizes.every((size, index) => checkRange(context, argument, size, at, withSide(index)))
    ? { type: 'sizes', value: sizes }
    : 'reported';
}

/** One column or a list of them: names, strings, or numbers where the file has no header. */
function resolveColumns(context: CheckContext, value: Value): TypedOutcome {
  const items = value.type === 'list' ? value.items : [value];
  const columns = items.map((item) => {
    const meant = item.type === 'name' ? letOrItself(context, item) : item;
    if (meant?.type === 'name') return meant.text;
    if (meant?.type === 'string') return meant.value;
    return meant?.type === 'number' && Number.isInteger(meant.value) && meant.value >= 0
      ? String(meant.value)
      : undefined;
  });
  const found = columns.filter((column) => column !== undefined);
  return found.length === items.length && found.length > 0 ? { type: 'texts', value: found } : undefined;
}

function letOrItself(context: CheckContext, name: Name): Value | undefined {
  const outcome = context.lets.lookUp(name);
  return outcome.found ? outcome.value : name;
}

/** So many numbers at most, and lists in one another: `let` can make much of little text. */
const mostNumbers = 10_000_000;
const deepestList = 16;

function resolveNumbers(context: CheckContext, argument: Argument, value: Value, at: Span): TypedOutcome {
  if (value.type !== 'list') return undefined;
  let reported = false;
  let count = 0;
  const nested = (list: ListValue, depth: number): NestedNumbers => {
    if (depth > deepestList) count = Infinity;
    const numbers: (number | NestedNumbers)[] = [];
    for (const item of list.items) {
      if (++count > mostNumbers) break;
      const meant = item.type === 'name' ? letOrItself(context, item) : item;
      if (meant?.type === 'number') numbers.push(meant.value);
      else if (meant?.type === 'list') numbers.push(nested(meant, depth + 1));
      else {
        reported = true;
        if (!meant) continue;
        const message = `\`${argument.name}\` holds numbers and lists of numbers, not ${describeValue(context, meant)}.`;
        context.diagnostics.add('wrong-type', item, message);
      }
    }
    return numbers;
  };
  const numbers = nested(value, 1);
  if (count <= mostNumbers) return reported ? 'reported' : { type: 'numbers', value: numbers };
  const message = `\`${argument.name}\` holds too much: at most ${mostNumbers.toLocaleString('en-US')} numbers, ${deepestList} lists deep.`;
  context.diagnostics.add('out-of-range', at, message);
  return 'reported';
}

function resolveCatalogueWord(
  context: CheckContext,
  type: CatalogueType,
  words: readonly string[] | undefined,
  value: Value,
  at: Span,
): TypedOutcome {
  if (value.type !== 'name' && value.type !== 'call') return undefined;
  const word = value.type === 'name' ? value : value.callee;
  const entry = findEntry(type, word.text, words);
  if (entry) {
    const resolved = resolveCallArguments(context, entry, value, at);
    return resolved ? { type: 'call', entry, arguments: resolved } : 'reported';
  }
  if (findEntry(type, word.text)) {
    const allowed = spellingsFor(type, words)
      .map((name) => `\`${name}\``)
      .join(', ');
    context.diagnostics.add(
      'wrong-type',
      at,
      `\`${word.text}\` does not fit here: expected one of ${allowed}.`,
    );
    return 'reported';
  }
  const place = value.type === 'call' && at === value ? word : at;
  reportUnknownWord(context, place, word.text, nounFor(type), spellingsFor(type, words));
  return 'reported';
}

/** Files an unknown word with the nearest known one as its fix. */
export function reportUnknownWord(
  context: CheckContext,
  at: Span,
  written: string,
  noun: string,
  words: Iterable<string>,
): void {
  const nearest = nearestWord(written, words);
  const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  const fixes = nearest === undefined ? {} : { fixes: [replaceBy(at, nearest)] };
  context.diagnostics.add('unknown-word', at, `\`${written}\` is not ${noun}.${meant}`, fixes);
}

function reportUnknownName(context: CheckContext, argument: Argument, name: Name, at: Span): undefined {
  const { type } = argument;
  if (isCatalogueType(type)) {
    if (findEntry(type.type, name.text)) {
      resolveCatalogueWord(context, type.type, type.words, name, at);
    } else {
      const candidates = [...spellingsFor(type.type, type.words), ...context.lets.names];
      reportUnknownWord(context, at, name.text, nounFor(type.type), candidates);
    }
    return undefined;
  }
  const words = type.type === 'boolean' ? ['true', 'false'] : 'words' in type && type.words ? type.words : [];
  const nearest = nearestWord(name.text, [...words, ...context.lets.names]);
  const expected = `\`${argument.name}\` expects ${describeType(type)}`;
  const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  const change = nearest === undefined ? [] : [replaceBy(at, nearest)];
  context.diagnostics.add('unknown-name', at, `${expected}; there is no \`let ${name.text}\`.${meant}`, {
    fixes: [...change, ...defining(context, name.text, argument)],
  });
  return undefined;
}

/** A `let` in front of the network, or of the first statement, that gives a number its name. */
function defining({ text, network }: CheckContext, name: string, { type, default: usual }: Argument): Fix[] {
  if (type.type !== 'integer' && type.type !== 'number') return [];
  const value = usual ?? (type.type === 'integer' ? Math.min(type.max, Math.max(type.min, 16)) : 0.1);
  const statement = `let ${name} = ${value}`;
  const at = network?.from ?? text.search(/(?<=^\s*)[^\s#]/m);
  const edits = [{ from: at, to: at, replacement: `${statement}\n` }];
  return [{ title: `Add \`${statement}\``, edits }];
}

const isCatalogueType = (type: ArgumentType): type is CatalogueArgumentType =>
  ['activation', 'initialiser', 'optimizer', 'schedule', 'clip', 'loss'].includes(type.type);

/** Whether the name is one of the words that the type itself knows: those go before `let`. */
function isWordOf(type: ArgumentType, name: string): boolean {
  if (isCatalogueType(type)) return findEntry(type.type, name, type.words) !== undefined;
  if (type.type === 'word' || type.type === 'integer') return type.words?.includes(name) ?? false;
  return type.type === 'label';
}

const takesAnyName = (type: ArgumentType): boolean => type.type === 'column' || type.type === 'label';
