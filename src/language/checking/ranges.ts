import type { Argument } from '../catalogue/entry.ts';
import type { Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';
import { replaceBy } from './replacement.ts';

type NumberType = Extract<Argument['type'], { readonly type: 'number' }>;

/**
 * Whether a number is one that the argument takes; reports it where it is not. `write` is what stands at the place with
 * another number: the number alone, or a shape that it is a side of.
 */
export function checkRange(
  context: CheckContext,
  argument: Argument,
  value: number,
  at: Span,
  write = (number: number): string =>
    argument.default !== undefined && number === Number(argument.default) ? argument.default : String(number),
): boolean {
  const { type } = argument;
  if (type.type === 'integer') {
    if (Number.isInteger(value) && value >= type.min && value <= type.max) return true;
  } else if (type.type === 'shape') {
    if (Number.isInteger(value) && value >= (type.min ?? 0) && value <= largestSide) return true;
  } else if (type.type === 'number') {
    if (isInside(type, value)) return true;
  }
  const message = `\`${argument.name}\` must be ${describeRange(argument)}, not ${formatNumber(value)}.`;
  const fixes = allowedNear(argument, value).map((number) => replaceBy(at, write(number)));
  context.diagnostics.add('out-of-range', at, message, { fixes });
  return false;
}

/**
 * What was probably meant, the most likely first: the number without its minus sign, and the nearest that is allowed. Where
 * the bound itself is not, there is no nearest: the default is taken.
 */
function allowedNear({ type, default: usual }: Argument, value: number): number[] {
  const whole = type.type !== 'number';
  const [min, max] = boundsOf(type);
  const isAllowed = (number: number): boolean =>
    type.type === 'number' ? isInside(type, number) : number >= min && number <= max;
  const near = Math.min(max, Math.max(min, whole ? Math.round(value) : value));
  const instead = isAllowed(near) ? near : Number(usual);
  const positive = value < 0 && (!whole || Number.isInteger(value)) ? [-value] : [];
  return [...new Set([...positive, instead])].filter(isAllowed);
}

function isInside(type: NumberType, value: number): boolean {
  const { min = -Infinity, max = Infinity, exclusive = false, below = exclusive } = type;
  return (exclusive ? value > min : value >= min) && (below ? value < max : value <= max);
}

function boundsOf(type: Argument['type']): [number, number] {
  switch (type.type) {
    case 'integer':
      return [type.min, type.max];
    case 'shape':
      return [type.min ?? 0, largestSide];
    case 'number':
      return [type.min ?? -Infinity, type.max ?? Infinity];
    default:
      throw new Error(`A ${type.type} has no range`);
  }
}

const largestSide = 1_000_000;

/** `a whole number from 1 to 1,000,000`, `a number above 0`. */
export function describeRange({ type }: Argument): string {
  if (type.type === 'integer' || type.type === 'shape') {
    const [min, max] = boundsOf(type);
    const words = type.type === 'integer' ? (type.words ?? []).map((word) => ` or \`${word}\``).join('') : '';
    return `a whole number from ${formatNumber(min)} to ${formatNumber(max)}${words}`;
  }
  if (type.type !== 'number') throw new Error(`A ${type.type} has no range`);
  const { min, max, exclusive = false, below = false } = type;
  if (min !== undefined && max !== undefined)
    return `a number from ${formatNumber(min)} to ${below ? 'below ' : ''}${formatNumber(max)}`;
  if (min !== undefined)
    return exclusive ? `a number above ${formatNumber(min)}` : `a number of ${formatNumber(min)} or more`;
  return max === undefined ? 'a number' : `a number of ${formatNumber(max)} or less`;
}

/** Whole numbers with separators, others as written in code. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString('en-US') : String(value);
}
