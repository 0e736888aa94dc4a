/** Entries of the catalogue as Markdown: the same words in completion, hover and the reference. */
import type { Argument, CatalogueEntry } from '../catalogue/entry.ts';
import { describeRange } from '../checking/ranges.ts';
import { describeType } from '../checking/typeWords.ts';

/** How an entry is written: on a layer line with spaces, in a call with brackets. */
export type Form = 'line' | 'call' | 'block' | 'data';

/** `dense units [activation=linear] [init=default] …` or `normal(mean, std)`. */
export function signatureOf(entry: CatalogueEntry, form: Form): string {
  const parts = parametersOf(entry, form);
  if (form === 'line') return [entry.name, ...parts].join(' ');
  if (form === 'call') return parts.length === 0 ? entry.name : `${entry.name}(${parts.join(', ')})`;
  return `${form === 'data' ? 'data ' : ''}${entry.name} { ${parts.join(', ')} }`;
}

/** The parameters of `signatureOf`, in order. */
export function parametersOf(entry: CatalogueEntry, form: Form): string[] {
  return entry.arguments.map((argument) => {
    const { name, required, position } = argument;
    const value = argument.default === undefined ? '' : `=${shortened(argument.default)}`;
    const written =
      position === undefined && form !== 'call' && value === '' ? `${name}=` : `${name}${value}`;
    return required ? written : `[${written}]`;
  });
}

/** √2 as people write it. */
function shortened(value: string): string {
  return value === '1.4142135623730951' ? '√2' : value;
}

/** Everything about a word: signature, summary, formula, effect on gradients, arguments, paper. */
export function describeEntry(entry: CatalogueEntry, form: Form): string {
  const { summary, formula, gradient, reference, aliases } = entry;
  const rows = entry.arguments.map((argument) => `- ${describeArgument(argument)}`);
  return [
    codeBlock(signatureOf(entry, form)),
    summary,
    formula === undefined ? '' : codeBlock(formula, 'text'),
    gradient === undefined ? '' : `**Gradients.** ${gradient}`,
    rows.join('\n'),
    aliases === undefined ? '' : `Also written ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`,
    reference === undefined ? '' : `[${reference.title}](${reference.url})`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** `` `stride` (a whole number from 1 …, default `1`): How far the window moves. `` */
export function describeArgument(argument: Argument): string {
  const { type, name, required, documentation } = argument;
  const ranged = type.type === 'integer' || type.type === 'number';
  const what = ranged ? describeRange(argument) : describeType(type);
  const standard = argument.default === undefined ? '' : `, default \`${shortened(argument.default)}\``;
  return `\`${name}\` (${what}${required ? ', required' : standard}): ${documentation}`;
}

const codeBlock = (code: string, language = 'vgnet'): string => `\`\`\`${language}\n${code}\n\`\`\``;
