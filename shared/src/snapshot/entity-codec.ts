import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { isSent, type DetailLevel } from "./level.ts";
import { predict } from "./motion.ts";
import { readResidual, readWhole, writeResidual, writeWhole } from "./residual.ts";

/** Columns of quantised values in some history; a row is one entity at one tick. */
export type Rows = readonly Int32Array[];

/** Writes the row `now` of an entity against its row `base`, `age` ticks older. */
export function writeDelta(
  writer: BitWriter,
  type: EntityType,
  level: DetailLevel,
  rows: Rows,
  base: number,
  now: number,
  age: number,
): void {
  for (const index of type.sendOrder) {
    const column = type.columns[index];
    if (!isSent(column, level)) continue;
    writeResidual(writer, column, level, expected(type, index, rows, base, now, age), rows[index][now]);
  }
}

/** Reads what `writeDelta` wrote into the row `now`. */
export function readDelta(
  reader: BitReader,
  type: EntityType,
  level: DetailLevel,
  rows: Rows,
  base: number,
  now: number,
  age: number,
): void {
  for (const index of type.sendOrder) {
    const column = type.columns[index];
    const predicted = isSent(column, level) ? expected(type, index, rows, base, now, age) : rows[index][base];
    rows[index][now] = isSent(column, level) ? readResidual(reader, column, level, predicted) : predicted;
  }
}

/** Fills the row `now` with what an entity that does nothing unexpected has become. */
export function writeExpected(type: EntityType, rows: Rows, base: number, now: number, age: number): void {
  for (const index of type.sendOrder) {
    // A velocity is expected to hold, so by the time its position comes the two rows agree on it.
    rows[index][now] = expected(type, index, rows, base, now, age);
  }
}

/** Writes every field of a row that the level allows. */
export function writeEntity(
  writer: BitWriter,
  type: EntityType,
  level: DetailLevel,
  rows: Rows,
  now: number,
): void {
  for (const index of type.sendOrder) {
    const column = type.columns[index];
    if (isSent(column, level)) writeWhole(writer, column, level, rows[index][now]);
  }
}

export function readEntity(
  reader: BitReader,
  type: EntityType,
  level: DetailLevel,
  rows: Rows,
  now: number,
): void {
  for (const index of type.sendOrder) {
    const column = type.columns[index];
    rows[index][now] = isSent(column, level) ? readWhole(reader, column, level) : column.initial;
  }
}

function expected(
  type: EntityType,
  index: number,
  rows: Rows,
  base: number,
  now: number,
  age: number,
): number {
  const column = type.columns[index];
  const then = rows[index][base];
  const { velocity } = column;
  return velocity < 0 ? then : predict(column, then, rows[velocity][base], rows[velocity][now], age);
}
