import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { decodeText, parseDecimal } from './text.ts';

/** A CSV file as text cells, every row of the same width. */
export interface CsvTable {
  readonly ok: true;
  /** Names from the header, or `0`, `1`, … */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Names of classes 0, 1, … where the file itself gives them. */
  readonly classNames: readonly string[] | undefined;
}

export interface CsvRow {
  readonly cells: readonly string[];
  /** 1-based line of the file on which the row ends. */
  readonly line: number;
}

/** Reads the cells. The reason of a failure goes after the file's name: `"iris.csv" …`. */
export function readCsvTable(
  bytes: Uint8Array,
  header: boolean,
): CsvTable | { readonly ok: false; readonly reason: string } {
  const decoded = decodeText(bytes);
  if (!decoded.ok) {
    return { ok: false, reason: `is not UTF-8 text: line ${decoded.line} holds other bytes` };
  }
  const split = splitCells(decoded.text);
  if (!split.ok) {
    return split;
  }
  const counts = countLine(split.rows);
  const [first, ...rest] = split.rows;
  if (first === undefined) {
    return { ok: false, reason: 'is empty' };
  }
  const hasHeader = header && counts === undefined;
  if (hasHeader && first.cells.every((cell) => parseDecimal(cell) !== undefined)) {
    return {
      ok: false,
      reason: `has no header: line ${first.line} is all numbers (write \`header = false\` and name columns by number, from 0)`,
    };
  }
  const rows = hasHeader || counts ? rest : split.rows;
  if (rows.length === 0) {
    return { ok: false, reason: 'has a header and no rows' };
  }
  const width = hasHeader ? first.cells.length : rows[0].cells.length;
  const ragged = rows.find((row) => row.cells.length !== width);
  if (ragged) {
    const [has, expected] = [columnCount(ragged.cells.length), hasHeader ? 'the header' : 'the first row'];
    return { ok: false, reason: `is ragged: line ${ragged.line} has ${has}, ${expected} has ${width}` };
  }
  const columns = hasHeader
    ? first.cells.map((cell) => cell.trim())
    : Array.from({ length: width }, (_, index) => String(index));
  return { ok: true, columns, rows, classNames: counts?.classNames };
}

function columnCount(count: number): string {
  return count === 1 ? '1 column' : `${count} columns`;
}

type SplitOutcome =
  { readonly ok: true; readonly rows: readonly CsvRow[] } | { readonly ok: false; readonly reason: string };

function splitCells(text: string): SplitOutcome {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
    return { ok: true, rows };
  } catch (error) {
    if (error instanceof CsvError) {
      return { ok: false, reason: brokenQuotes(error, (rows.at(-1)?.line ?? 0) + 1) };
    }
    throw error;
  }
}

/** Quotation marks are all that can be wrong with the cells of a row. */
function brokenQuotes(error: CsvError, line: number): string {
  return error.code === 'CSV_QUOTE_NOT_CLOSED'
    ? `has a quotation mark in the row that begins on line ${line} that is never closed`
    : `has a quotation mark inside a value on line ${line}; put the whole value in marks and double those inside`;
}

/** Comma, semicolon or tab, whichever is most frequent in the first line. */
function delimiterOf(text: string): string {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const occurrences = (delimiter: string) => firstLine.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (occurrences(next) > occurrences(best) ? next : best));
}

/**
 * The first line of the files that scikit-learn ships (`150,4,setosa,versicolor,virginica`): rows, features, names of the
 * classes. Recognised only where both numbers are right.
 */
function countLine(rows: readonly CsvRow[]): { readonly classNames: readonly string[] } | undefined {
  const [samples, features, ...classNames] = rows[0]?.cells ?? [];
  const fits =
    samples !== undefined &&
    features !== undefined &&
    classNames.length > 0 &&
    Number(samples) === rows.length - 1 &&
    Number(features) + 1 === rows[1]?.cells.length &&
    classNames.every((name) => parseDecimal(name) === undefined);
  return fits ? { classNames } : undefined;
}
