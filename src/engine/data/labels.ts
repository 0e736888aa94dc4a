import type { LossName, Target } from '../../language/network.ts';
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

/** Without a loss to tell, up to so many whole numbers that follow on one another are taken for labels. */
const mostLabelsUnasked = 100;

/**
 * Reads cells as class labels, if that is what they are. Text sorts alphabetically and whole numbers by size, and the classes
 * are numbered in that order; `classNames` fixes how many there are.
 */
export function readLabels(
  cells: readonly string[],
  classNames: readonly string[] | undefined,
  loss: LossName | undefined,
): LabelOutcome {
  const empty = cells.findIndex((cell) => cell === '' || notANumberWords.test(cell));
  if (empty >= 0) {
    const problem = cells[empty] === '' ? 'is empty; a target is expected' : `"${cells[empty]}" is no target`;
    return { type: 'problem', row: empty, problem };
  }
  const numbers = cells.map(parseDecimal);
  const wantsLabels = lossWantsLabels(loss);
  if (wantsLabels === false) {
    return { type: 'numbers' };
  }
  if (numbers.every((number) => number !== undefined)) {
    return readNumericLabels(numbers, classNames, loss);
  }
  const textShare = numbers.filter((number) => number === undefined).length / numbers.length;
  if (wantsLabels === undefined && textShare < 0.5) {
    // Mostly numbers: the text among them is a slip, and the caller names its line.
    return { type: 'numbers' };
  }
  return labelled(cells, distinct(cells).sort(alphabetically), loss);
}

/** Undefined where the loss is not known. */
function lossWantsLabels(loss: LossName | undefined): boolean | undefined {
  switch (loss) {
    case undefined:
      return undefined;
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
  loss: LossName | undefined,
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
  if (classNames && values[0]! >= 0 && values.at(-1)! < classNames.length) {
    return {
      type: 'labels',
      target: { type: 'classes', classes: classNames.length },
      values: Float64Array.from(numbers),
      notes: [],
    };
  }
  const follow =
    values.every((value, index) => value === values[0]! + index) && (values[0] === 0 || values[0] === 1);
  if (loss === undefined && !(follow && values.length <= mostLabelsUnasked)) {
    return { type: 'numbers' };
  }
  return labelled(numbers, values, loss);
}

function labelled<Label extends string | number>(
  cells: readonly Label[],
  classes: readonly Label[],
  loss: LossName | undefined,
): LabelOutcome {
  const binary = loss === 'bce' || loss === 'bce_with_logits' || loss === 'hinge';
  // A column of nothing but ones is the second of two classes, not the first of one.
  const known = binary && classes.every((label) => label === 0 || label === 1) ? [0, 1] : classes;
  const index = new Map<string | number, number>(known.map((label, position) => [label, position]));
  const names = classes.map((label) => `"${label}"`).join(', ');
  const renumbered = known.some((label, position) => label !== position);
  return {
    type: 'labels',
    target: { type: 'classes', classes: binary ? Math.max(2, known.length) : known.length },
    values: Float64Array.from(cells, (cell) => index.get(cell)!),
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
