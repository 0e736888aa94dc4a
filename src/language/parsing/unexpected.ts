import type { TreeCursor } from '@lezer/common';
import { report, type ParseContext } from './context.ts';

const longestQuote = 24;

const quoted = (text: string): string =>
  text.length > longestQuote ? `\`${text.slice(0, longestQuote)}…\`` : `\`${text}\``;

/** Says what is wrong with a token that does not belong where it stands. The cursor is at an `Unexpected` node. */
export function reportUnexpected(context: ParseContext, cursor: TreeCursor): void {
  const { from, to } = cursor;
  const text = context.text.slice(from, Math.min(to, from + 2 * longestQuote));
  const first = text[0] ?? '';
  if (first === '"') {
    const fix = { title: 'Close the string', edits: [{ from: to, to, replacement: '"' }] };
    report(
      context,
      { from, to },
      'This string is never closed: expected `"` before the end of the line.',
      [fix],
      'unclosed',
    );
  } else if (first === '(' && to - from > 1) {
    report(context, { from, to }, '`(` stands only directly behind a name, as in `normal(0, 0.01)`.');
  } else if (first === '(' || first === '[') {
    const closing = first === '(' ? ')' : ']';
    report(context, { from, to }, `\`${first}\` is never closed: expected \`${closing}\`.`, [], 'unclosed');
  } else {
    report(context, { from, to }, describe(text, first));
  }
}

/** What an editor shows in the place of bytes that are not UTF-8. */
const replacementCharacter = '\ufffd';

function describe(text: string, first: string): string {
  if (text.includes(replacementCharacter))
    return `${quoted(text)} was not written as UTF-8: reopen the file with its encoding, and save it as UTF-8.`;
  if (first === ')' || first === ']') return `\`${first}\` closes nothing here.`;
  if (first === '=') return 'Expected a name before `=`, as in `NAME = VALUE`.';
  if (first === ':')
    return '`:` stands only behind a label at the beginning of a layer line, as in `hidden: dense 16`.';
  if (first === ';') return 'Inside brackets values are separated by `,`, not by `;`.';
  if (first === "'")
    return `${quoted(text)} does not belong here: strings stand in double quotes, as in \`path = "iris.csv"\`.`;
  if (/^[./\\]+[A-Za-z_]/.test(text))
    return `${quoted(text)} does not belong here: a path stands in double quotes, as in \`path = "iris.csv"\`.`;
  if (/^-?[\d.]/.test(text))
    return `${quoted(text)} is neither a number, such as \`0.5\` or \`1e-4\`, nor a shape, such as \`1x28x28\`.`;
  if (/^[-+*/^]/.test(text))
    return `${quoted(text)} does not belong here: a value is written out, there is no arithmetic.`;
  return `${quoted(text)} does not belong here: names are made of letters (A–Z, a–z), digits and \`_\`.`;
}
