import { type Column, type ColumnValue, columnValue, type EntityType } from "@tidelock/shared";

/** More decimals than this tell nobody anything. */
const MOST_DECIMALS = 5;

/** A stored value as the game sees it, with no more decimals than the column can tell apart. */
export function fieldValue(type: EntityType, column: Column, stored: number): ColumnValue {
  const value = columnValue(type, column.index, stored);
  return typeof value === "number" ? Number(value.toFixed(decimals(column))) : value;
}

/** As `fieldValue`, with as many decimals as the column can tell apart. */
export function fieldText(type: EntityType, column: Column, stored: number): string {
  const value = fieldValue(type, column, stored);
  return typeof value === "number" ? value.toFixed(decimals(column)) : String(value);
}

function decimals({ grid }: Column): number {
  return Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(-Math.log10(grid) - 1e-9)));
}
