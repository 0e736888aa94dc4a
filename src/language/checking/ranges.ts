import type { Argument } from '../catalogue/entry.ts';
import type { Span } from '../syntax.ts';
import type { CheckContext } from './context.ts';

/** Whether a number is one that the argument takes; reports it where it is not. */
export function checkRange(context: CheckContext, argument: Argument, value: number, at: Span): boolean {
  const { type } = argument;
  if (type.type === 'integer') {
    if (Number.isInteger(value) && value >= type.min && value <= type.max) return true;
  } else if (type.type === 'shape') {
    if (Number.isInteger(value) && value >= (type.min ?? 0) && value <= largestSide) return true;
  } else if (type.type === 'number') {
    const { min = -Infinity, max = Infinity, exclusive = false } = type;
    if (exclusive ? value > min && value < max : value >= min && value <= max) return true;
  }
  const message = `\`${argument.name}\` must be ${describeRange(argument)}, not ${formatNumber(value)}.`;
  context.diagnostics.add('out-of-range', at, message);
  return false;
}

const largestSide = 1_000_000;

/** `a whole number from 1 to 1,000,000`, `a number above 0`. */
export function describeRange({ type }: Argument): string {
  if (type.type === 'integer' || type.type === 'shape') {
    const [min, max] = type.type === 'integer' ? [type.min, type.max] : [type.min ?? 0, largestSide];
    const words = type.type === 'integer' ? (type.words ?? []).map((word) => ` or \`${word}\``).join('') : '';
    return `a whole number from ${formatNumber(min)} to ${formatNumber(max)}${words}`;
  }
  if (type.type !== 'number') throw new Error(`A ${type.type} has no range`);
  const { min, max, exclusive = false } = type;
  if (min !== undefined && max !== undefined)
    return `a number from ${formatNumber(min)} to ${formatNumber(max)}`;
  if (min !== undefined)
    return exclusive ? `a number above ${formatNumber(min)}` : `a number of ${formatNumber(min)} or more`;
  return max === undefined ? 'a number' : `a number of ${formatNumber(max)} or less`;
}

/** Whole numbers with separators, others as written in code. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString('en-US') : String(value);
}
