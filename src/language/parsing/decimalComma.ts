import type { Fix } from '../diagnostic.ts';
import type { Span } from '../syntax.ts';
import { report, type ParseContext } from './context.ts';

/** Digits of a whole number, a comma, and nothing between. */
const wholePart = /(?:^|[^\w.,])(\d+),$/;
/** More digits than anybody writes before a point. */
const longestWholePart = 20;

/**
 * Reports `0,1` where a point is meant, as much of the world writes it: `value`, which has no place where it stands, is then
 * the fraction of the number in front of it. False where it is not.
 */
export function reportDecimalComma(context: ParseContext, value: Span): boolean {
  const { text } = context;
  const before = text.slice(Math.max(0, value.from - longestWholePart), value.from);
  const whole = wholePart.exec(before)?.[1];
  const fraction = text.slice(value.from, value.to);
  if (whole === undefined || !/^\d+(?:[eE][+-]?\d+)?$/.test(fraction)) return false;
  const comma = value.from - 1;
  const place = { from: comma - whole.length, to: value.to };
  const fix: Fix = {
    title: `Write \`${whole}.${fraction}\``,
    edits: [{ from: comma, to: value.from, replacement: '.' }],
  };
  report(context, place, `A number has a point, not a comma: \`${whole}.${fraction}\`.`, [fix]);
  return true;
}
