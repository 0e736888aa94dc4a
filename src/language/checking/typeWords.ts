/** How messages speak of types and of what was written instead. */
import type { ArgumentType } from '../catalogue/entry.ts';
import type { Value } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { nounFor } from './words.ts';

/** `a whole number`, `an activation`, `one of last, sequence`. */
export function describeType(type: ArgumentType): string {
  switch (type.type) {
    case 'integer':
      return ['a whole number', ...(type.words ?? []).map((word) => `\`${word}\``)].join(' or ');
    case 'number':
      return 'a number';
    case 'boolean':
      return '`true` or `false`';
    case 'string':
      return 'a text in double quotes';
    case 'path':
      return 'a path in double quotes';
    case 'word':
      return `one of ${type.words.map((word) => `\`${word}\``).join(', ')}`;
    case 'label':
      return 'the label of an earlier layer';
    case 'shape':
      return describeDimensions(type.dimensions);
    case 'column':
      return 'the name of a column, or a list of names';
    case 'numbers':
      return 'a list of numbers or of lists, as in `[[0, 1], [1, 0]]`';
    case 'activation':
    case 'initialiser':
    case 'optimizer':
    case 'schedule':
    case 'clip':
    case 'loss':
      return nounFor(type.type);
    default:
      return type satisfies never;
  }
}

function describeDimensions(dimensions: readonly number[]): string {
  const examples = ['16', '50x8', '1x28x28'];
  return `a shape such as ${dimensions.map((count) => `\`${examples[count - 1]}\``).join(' or ')}`;
}

const longest = 30;

/** The value as it stands in the text, shortened, with what it is. */
export function describeValue(_context: CheckContext, value: Value): string {
  switch (value.type) {
    case 'name':
      return `the name \`${value.text}\``;
    case 'number':
      return `the number ${value.value}`;
    case 'shape':
      return `the shape \`${value.sizes.join('x')}\``;
    case 'string':
      return `the text "${value.value.length > longest ? `${value.value.slice(0, longest)}…` : value.value}"`;
    case 'boolean':
      return `\`${value.value}\``;
    case 'call':
      return `\`${value.callee.text}(…)\``;
    case 'list':
      return 'a list';
    default:
      return value satisfies never;
  }
}
