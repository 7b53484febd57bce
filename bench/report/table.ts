/** A line of a table: one column per figure. */
export type Row = Record<string, string | number>;

/** The rows as a Markdown table, which reads as well on a terminal. */
export function table(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "-")))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
  const rule = widths.map((width) => "-".repeat(width));
  return [cells[0], rule, ...cells.slice(1)]
    .map((line) => `| ${line.map((cell, index) => cell.padEnd(widths[index])).join(" | ")} |`)
    .join("\n");
}
