import type { RecordType } from "./record-type.ts";

/** A stored value as the game sees it: a number in the game's units, true or false, or a name. */
export type ColumnValue = number | boolean | string;

/**
 * Turns a quantised value of a column into what the game reads there. Of a rotation it is the stored component, as whole steps: see
 * the quaternion codec.
 */
export function columnValue({ columns, properties }: RecordType, index: number, stored: number): ColumnValue {
  const property = properties.findLast(({ first }) => first <= index);
  if (property?.reading.as === "boolean") return stored !== 0;
  if (property?.reading.as === "name")
    return property.reading.names[stored] ?? `${stored}, which has no name`;
  return stored * columns[index].grid;
}
