/** Edits of blocks of `NAME = VALUE`. */
import type { Fix, TextEdit } from '../diagnostic.ts';
import type { SettingsBlock } from '../syntax.ts';
import { removeStatement } from './removal.ts';
import { indentation, lineEnd, newline } from './statements.ts';

/** A setting as it is to be written. */
interface NewSetting {
  readonly name: string;
  readonly value: string;
}

/** Adds settings behind the last one, their `=` below that one's. */
export function addSettings(text: string, block: SettingsBlock, settings: readonly NewSetting[]): TextEdit {
  const last = block.settings.at(-1);
  const plain = settings.map(({ name, value }) => `${name} = ${value}`).join(', ');
  if (last === undefined) {
    const brace = text.indexOf('{', block.keyword.to) + 1;
    return { from: brace, to: brace, replacement: ` ${plain} ` };
  }
  const end = lineEnd(text, last.to);
  if (end >= block.to) return { from: last.to, to: last.to, replacement: `, ${plain}` };
  const width = text.slice(last.name.from, last.to).indexOf('=') - 1;
  const lead = newline(text) + indentation(text, last.from);
  const lines = settings.map(({ name, value }) => `${lead}${name.padEnd(width)} = ${value}`);
  return { from: end, to: end, replacement: lines.join('') };
}

/** What can be done about a second block of a kind: put into the first where both can be had, taken out otherwise. */
export function secondBlockFixes(text: string, first: SettingsBlock, second: SettingsBlock): Fix[] {
  const removal = removeStatement(text, second);
  const remove = { title: `Remove the second \`${first.type}\``, edits: [removal] };
  const written = second.settings.flatMap(({ name, value }) =>
    value ? [{ name: name.text, value: text.slice(value.from, value.to) }] : [],
  );
  const agree =
    first.kind?.text === second.kind?.text &&
    written.length === second.settings.length &&
    written.every(({ name }) => first.settings.every((setting) => setting.name.text !== name));
  if (!agree || written.length === 0) return [remove];
  const merge = {
    title: `Put it into the first \`${first.type}\``,
    edits: [addSettings(text, first, written), removal],
  };
  return [merge, remove];
}
