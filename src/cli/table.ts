/** Columns of text, aligned. */

/** Lines of a table under its header; the columns in `left` begin at their left edge, numbers end at their right one. */
export function alignTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[],
): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return left.includes(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
