/** The table as a file for other programs: full digits, RFC 4180. */
import type { Column } from './columns.ts';

/** One line a layer, a header first. Numbers that are not finite are `NaN` or `Infinity`; what a layer does not have is empty. */
export function toCsv(columns: readonly Column[], layers: readonly number[], step: number): string {
  const header = ['step', ...columns.map(({ id, title }) => (id === 'now' ? 'value' : title))];
  const lines = layers.map((layer) => [
    String(step),
    ...columns.map((column) => String(column.read(layer) ?? '')),
  ]);
  return [header, ...lines].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
