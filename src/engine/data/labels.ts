import type { LossName, Target } from '../../language/network.ts';
import { sizeOf, type DataUse } from './dataSet.ts';
import { parseDecimal } from './text.ts';

/** What a column of text means as the target: labels, measurements (left to the caller), or a cell that is neither. */
export type LabelOutcome =
  | {
      readonly type: 'labels';
      readonly target: Target;
      /** A class index a row. */
      readonly values: Float64Array;
      readonly notes: readonly string[];
    }
  | { readonly type: 'numbers' }
  | { readonly type: 'problem'; readonly row: number; readonly problem: string };

const notANumberWords = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Reads cells as class labels, if that is what they are: always where the loss or several outputs want labels, otherwise where
 * they are text. Text sorts alphabetically and whole numbers by size, and the classes are numbered in that order; `classNames`
 * fixes how many there are.
 */
export function readLabels(
  cells: readonly string[],
  classNames: readonly string[] | undefined,
  { loss, outputShape }: DataUse,
): LabelOutcome {
  const empty = cells.findIndex((cell) => cell === '' || notANumberWords.test(cell));
  if (empty >= 0) {
    const problem =
      cells[empty] === '' ? 'the cell is empty; a target is expected' : `"${cells[empty]}" is no target`;
    return { type: 'problem', row: empty, problem };
  }
  const numbers = cells.map(parseDecimal);
  const wantsLabels = isForLabels(loss) || sizeOf(outputShape) > 1;
  if (numbers.every((number) => number !== undefined)) {
    return wantsLabels ? readNumericLabels(numbers, classNames, loss) : { type: 'numbers' };
  }
  const textShare = numbers.filter((number) => number === undefined).length / numbers.length;
  // Text among numbers that are to be measured is a slip, and the caller names its line.
  return wantsLabels || textShare > 0.5
    ? labelled(cells, distinct(cells).sort(alphabetically), loss)
    : { type: 'numbers' };
}

function isForLabels(loss: LossName): boolean {
  switch (loss) {
    case 'cross_entropy':
    case 'bce':
    case 'bce_with_logits':
    case 'hinge':
      return true;
    case 'mse':
    case 'mae':
    case 'huber':
      return false;
    default:
      return loss satisfies never;
  }
}

function readNumericLabels(
  numbers: readonly number[],
  classNames: readonly string[] | undefined,
  loss: LossName,
): LabelOutcome {
  const values = distinct(numbers).sort((a, b) => a - b);
  const broken = numbers.findIndex((number) => !Number.isInteger(number));
  if (broken >= 0) {
    return loss === 'cross_entropy'
      ? {
          type: 'problem',
          row: broken,
          problem: `${numbers[broken]} is no class; cross_entropy needs whole numbers or names`,
        }
      : { type: 'numbers' };
  }
  if (classNames && values[0] >= 0 && values.at(-1) < classNames.length) {
    return {
      type: 'labels',
      target: { type: 'classes', classes: classNames.length },
      values: Float64Array.from(numbers),
      notes: [],
    };
  }
  return labelled(numbers, values, loss);
}

function labelled<Label extends string | number>(
  cells: readonly Label[],
  classes: readonly Label[],
  loss: LossName,
): LabelOutcome {
  const binary = loss === 'bce' || loss === 'bce_with_logits' || loss === 'hinge';
  // A column of nothing but ones is the second of two classes, not the first of one.
  const bits = binary && classes.every((label) => label === 0 || label === 1);
  const known: readonly (string | number)[] = bits ? [0, 1] : classes;
  const positions = new Map(known.map((label, position) => [label, position]));
  const names = classes.map((label) => `"${label}"`).join(', ');
  const renumbered = known.some((label, position) => label !== position);
  return {
    type: 'labels',
    target: { type: 'classes', classes: binary ? Math.max(2, known.length) : known.length },
    values: Float64Array.from(cells, (cell) => positions.get(cell) ?? Number.NaN),
    notes: [
      ...(classes.length === 1
        ? [`Every sample is of the same class, ${names}: there is nothing to tell apart.`]
        : []),
      ...(renumbered && classes.length > 1 && classes.length <= 20 ? [`Classes in order: ${names}.`] : []),
    ],
  };
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

/** By code units: the same order on every machine, whatever its language. */
function alphabetically(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
