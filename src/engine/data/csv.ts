import { nearestWord } from '../../language/nearest.ts';
import type { Target } from '../../language/network.ts';
import { dataFailure, type DataFailure, type DataUse, type ReadData } from './dataSet.ts';
import { readCsvTable, type CsvTable } from './csvTable.ts';
import { readLabels } from './labels.ts';
import { parseDecimal } from './text.ts';

/**
 * A file of comma-separated values (semicolons and tabs are recognised): one sample a row, the `target` columns are what is to
 * be learned, all the others are inputs and must be numbers. Text in the one target column names classes, in alphabetical order.
 */
export const readCsv: ReadData<'csv'> = (settings, files, use) => {
  const bytes = files.get(settings.path);
  if (bytes === undefined) {
    return dataFailure(
      settings,
      'data-file',
      `"${settings.path}" was not found; a path is relative to the .vgnet file.`,
    );
  }
  const table = readCsvTable(bytes, settings.header);
  if (!table.ok) {
    return dataFailure(settings, 'data-format', `"${settings.path}" ${table.reason}.`);
  }
  const targetColumns: number[] = [];
  for (const name of settings.target) {
    const column = table.columns.indexOf(name);
    if (column < 0) {
      return unknownColumn(settings, name, table.columns);
    }
    // The other one would be an input that gives the answer away.
    if (table.columns.lastIndexOf(name) !== column) {
      return dataFailure(settings, 'data-column', `"${settings.path}" has more than one column "${name}".`);
    }
    targetColumns.push(column);
  }
  const inputColumns = table.columns
    .map((_, column) => column)
    .filter((column) => !targetColumns.includes(column));
  if (inputColumns.length === 0) {
    return dataFailure(settings, 'data-column', `"${settings.path}" has no column left besides the target.`);
  }
  const inputs = readNumbers(table, inputColumns);
  if (!inputs.ok) {
    return dataFailure(settings, 'data-values', `"${settings.path}", ${inputs.problem}.`);
  }
  const targets = readTargets(table, targetColumns, use);
  if (!targets.ok) {
    return dataFailure(settings, 'data-values', `"${settings.path}", ${targets.problem}.`);
  }
  return {
    ok: true,
    facts: {
      inputShape: [inputColumns.length],
      target: targets.target,
      samples: table.rows.length,
      columns: table.columns,
      largestInput: inputs.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    },
    samples: () => ({ inputs: inputs.values, targets: targets.values }),
    normalize: settings.normalize,
    notes: targets.notes,
  };
};

function unknownColumn(
  settings: { readonly path: string; readonly line: number },
  name: string,
  columns: readonly string[],
): DataFailure {
  const nearest = nearestWord(name, columns);
  const offer = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const message = `"${settings.path}" has no column "${name}"; it has ${columns.map((column) => `"${column}"`).join(', ')}.${offer}`;
  const meant = nearest === undefined ? undefined : { written: name, column: nearest };
  return dataFailure(settings, 'data-column', message, meant);
}

type NumbersOutcome =
  { readonly ok: true; readonly values: Float64Array } | { readonly ok: false; readonly problem: string };

/** The numbers of the columns, rows x columns. */
function readNumbers(table: CsvTable, columns: readonly number[]): NumbersOutcome {
  const values = new Float64Array(table.rows.length * columns.length);
  let place = 0;
  for (const { cells, line } of table.rows) {
    for (const column of columns) {
      const value = parseDecimal(cells[column]);
      if (value === undefined) {
        return { ok: false, problem: notANumber(line, table.columns[column], cells[column]) };
      }
      values[place++] = value;
    }
  }
  return { ok: true, values };
}

function notANumber(line: number, column: string, cell: string): string {
  const what = cell === '' ? 'the cell is empty; a number is expected' : `"${cell}" is not a finite number`;
  return `line ${line}, column "${column}": ${what}`;
}

type TargetsOutcome =
  | {
      readonly ok: true;
      readonly target: Target;
      readonly values: Float64Array;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/** One column may hold labels. */
function readTargets(table: CsvTable, columns: readonly number[], use: DataUse): TargetsOutcome {
  const [column] = columns;
  if (column !== undefined && columns.length === 1) {
    const cells = table.rows.map((row) => row.cells[column]);
    const labels = readLabels(cells, table.classNames, use);
    if (labels.type === 'labels') {
      return { ok: true, ...labels };
    }
    if (labels.type === 'problem') {
      const { line } = table.rows[labels.row];
      return { ok: false, problem: `line ${line}, column "${table.columns[column]}": ${labels.problem}` };
    }
  }
  const numbers = readNumbers(table, columns);
  return numbers.ok ? { ...numbers, target: { type: 'values', size: columns.length }, notes: [] } : numbers;
}
