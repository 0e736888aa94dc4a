/** Edits that give arguments another value. */
import { lineEntry } from '../catalogue/lookup.ts';
import type { CheckedFile } from '../check.ts';
import type { TextEdit } from '../diagnostic.ts';
import type { LayerLine, Name, Value } from '../syntax.ts';
import { headEnd, removeWord } from './removal.ts';

type File = Pick<CheckedFile, 'text' | 'lets'>;

/** A value as it stands in the text, and what is to stand there instead. */
export interface Replacement {
  readonly value: Value;
  readonly text: string;
}

/** The value that a layer line has for an argument, by place or by name; undefined where its default counts. */
export function writtenArgument(line: LayerLine, name: string): Value | undefined {
  const named = line.named.find((argument) => argument.name.text === name)?.value;
  if (named) return named;
  const position = lineEntry(line.kind.text)?.arguments.find((argument) => argument.name === name)?.position;
  return position === undefined ? undefined : line.positional[position];
}

/** Gives an argument of some layer lines a value, written over the old one or added behind what stands there. */
export function setArguments(
  file: File,
  lines: readonly LayerLine[],
  name: string,
  text: string,
): TextEdit[] {
  const written: Replacement[] = [];
  const added: TextEdit[] = [];
  for (const line of lines) {
    const value = writtenArgument(line, name);
    if (value) written.push({ value, text });
    else added.push({ from: headEnd(line), to: headEnd(line), replacement: ` ${name}=${text}` });
  }
  return [...replaceValues(file, written), ...added];
}

/** Takes an argument off a layer line, with the space in front of it; nothing where it is not written. */
export function removeArgument(file: File, line: LayerLine, name: string): TextEdit[] {
  const value = writtenArgument(line, name);
  const named = line.named.find((argument) => argument.name.text === name);
  return value ? [removeWord(file.text, named ?? value)] : [];
}

/**
 * Writes other values. Where a value is the name of a `let` that is used nowhere else, its definition is changed instead: a
 * name that nothing refers to any more would be left behind otherwise.
 */
export function replaceValues(file: File, replacements: readonly Replacement[]): TextEdit[] {
  const edits = new Map<number, TextEdit>();
  for (const { value, text } of replacements) {
    const { from, to } = definitionOf(file, value, text, replacements) ?? value;
    if (file.text.slice(from, to) !== text) edits.set(from, { from, to, replacement: text });
  }
  return [...edits.values()];
}

/** The value of the `let` that is named, where every use of it is to become the same text. */
function definitionOf(
  { lets }: File,
  value: Value,
  text: string,
  replacements: readonly Replacement[],
): Value | undefined {
  if (value.type !== 'name') return undefined;
  const found = lets.find(({ statement }) => statement.name?.text === value.text);
  const becomes = (use: Name): boolean =>
    replacements.some((other) => other.value.from === use.from && other.text === text);
  return found?.uses.every(becomes) === true ? found.statement.value : undefined;
}

/** What a value stands for: itself, or the value of the `let` that it names. */
export function meaningOf({ lets }: File, value: Value | undefined): Value | undefined {
  const seen = new Set<string>();
  let meant = value;
  while (meant?.type === 'name' && !seen.has(meant.text)) {
    const { text } = meant;
    seen.add(text);
    const found = lets.find(({ statement }) => statement.name?.text === text);
    if (found === undefined) break;
    meant = found.statement.value;
  }
  return meant;
}
