import { lineEntry, settingsEntry, statementEntries } from '../catalogue/lookup.ts';
import type { CheckedFile } from '../check.ts';
import type { Span } from '../syntax.ts';
import { describeArgument, describeEntry } from './markdown.ts';
import { thingAt } from './names.ts';
import {
  argumentOf,
  entryOfLine,
  entryOfSettings,
  entryOfWord,
  kindOfLine,
  positionalArgument,
} from './place.ts';

/** What a word of the language means. */
export interface WordHover {
  readonly span: Span;
  readonly markdown: string;
}

/** The word at the offset explained: what it is, its formula, its arguments, what it does to gradients. */
export function hover(file: CheckedFile, offset: number): WordHover | undefined {
  const { text, tree } = file;
  const nodes = [tree.resolveInner(offset, 1), tree.resolveInner(offset, -1)];
  for (const inner of nodes) {
    const node = inner.parent?.name === 'Name' ? inner.parent : inner;
    const span = { from: node.from, to: node.to };
    const word = text.slice(node.from, node.to);
    const keyword = statementEntries.find(({ name }) => name === node.name);
    if (keyword && node.parent?.name !== 'Name') {
      const entry = settingsEntry(node.name, undefined) ?? keyword;
      return {
        span,
        markdown:
          entry.arguments.length > 0
            ? describeEntry(entry, 'block')
            : `${keyword.summary}\n\n\`\`\`vgnet\n${keyword.example}\n\`\`\``,
      };
    }
    if (node.name !== 'Name') continue;
    const markdown = describeName(file, node, word, offset);
    if (markdown !== undefined) return { span, markdown };
  }
  return undefined;
}

type Node = ReturnType<CheckedFile['tree']['resolveInner']>;

function describeName(file: CheckedFile, node: Node, word: string, offset: number): string | undefined {
  const { text } = file;
  const { parent } = node;
  if (!parent) return undefined;
  if (parent.name === 'Settings') {
    const entry = entryOfSettings(text, parent);
    return entry && describeEntry(entry, 'data');
  }
  const line = parent.name === 'Call' ? parent.parent : parent;
  if (line?.name === 'Line' && kindOfLine(line)?.from === node.from && entryOfLine(text, line))
    return describeEntry(lineEntry(word)!, 'line');
  if (parent.name === 'Argument' && parent.firstChild?.from === node.from) {
    const found = argumentOf(text, parent);
    return found && describeArgument(found.argument);
  }
  const entry = entryOfWord(text, node);
  if (entry) return describeEntry(entry, 'call');
  const argument =
    (parent.name === 'Argument' ? argumentOf(text, parent)?.argument : undefined) ??
    positionalArgument(text, node);
  const isWord = argument && 'words' in argument.type && argument.type.words?.includes(word);
  if (argument && (isWord || argument.type.type === 'column')) return describeArgument(argument);
  return describeThing(file, offset);
}

/** A `let` or a label as it is defined. */
function describeThing(file: CheckedFile, offset: number): string | undefined {
  const thing = thingAt(file, offset);
  if (!thing || thing.kind === 'network') return undefined;
  const definition = file.text.slice(thing.statement.from, thing.statement.to).split(/\r\n|\n|\r/)[0];
  return `\`\`\`vgnet\n${definition}\n\`\`\``;
}
