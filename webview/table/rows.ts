/** The rows of the table: order and marks. */
import type { Column } from './columns.ts';
import type { Sorting } from '../state/state.ts';

/** Positions of the layers in the order of the table. What has no value comes last, whichever way it is sorted. */
export function sortLayers(
  layers: number,
  columns: readonly Column[],
  sorting: Sorting | undefined,
): number[] {
  const order = Array.from({ length: layers }, (_, layer) => layer);
  const column = sorting && columns.find(({ id }) => id === sorting.column);
  if (column === undefined) return order;
  const sign = sorting?.descending === true ? -1 : 1;
  const keys = order.map((layer) => column.read(layer));
  return order.toSorted((one, other) => {
    const [a, b] = [keys[one] ?? NaN, keys[other] ?? NaN];
    if (typeof a === 'string' || typeof b === 'string')
      return sign * String(a).localeCompare(String(b), 'en', { numeric: true }) || one - other;
    if (Number.isNaN(a) || Number.isNaN(b))
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || one - other;
    return sign * (a - b) || one - other;
  });
}

/** How a layer stands to the thresholds. */
export type Mark = 'below' | 'above' | undefined;

/** The mark of a value; a value that is not a number has none. */
export function markOf(value: number, threshold: number | undefined, explode: number | undefined): Mark {
  if (threshold !== undefined && value < threshold) return 'below';
  return explode !== undefined && value > explode ? 'above' : undefined;
}
