import type { Column, EntityType } from "@tidelock/shared";

/** More decimals than this tell nobody anything. */
const MOST_DECIMALS = 5;

/** A stored value as the game sees it: a number in the game's units, true or false, or a name. */
export function fieldValue(type: EntityType, column: Column, stored: number): number | boolean | string {
  const property = type.properties.findLast(({ first }) => first <= column.index);
  if (property?.reading.as === "boolean") return stored !== 0;
  if (property?.reading.as === "name")
    return property.reading.names[stored] ?? `${stored}, which has no name`;
  return Number((stored * column.grid).toFixed(decimals(column)));
}

/** As `fieldValue`, with as many decimals as the column can tell apart. */
export function fieldText(type: EntityType, column: Column, stored: number): string {
  const value = fieldValue(type, column, stored);
  return typeof value === "number" ? value.toFixed(decimals(column)) : String(value);
}

function decimals({ grid }: Column): number {
  return Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(-Math.log10(grid) - 1e-9)));
}
