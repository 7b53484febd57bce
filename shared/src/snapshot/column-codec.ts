import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import { type Column, confine } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { hasLattice, latticeBits, lowestStep } from "./lattice.ts";
import type { DeltaTally } from "./delta-tally.ts";
import type { DetailLevel } from "./level.ts";
import { difference } from "./motion.ts";
import { ResidualCode, usualLengths } from "./residual-code.ts";

/** Columns up to this wide are sent plainly when they change and no table says better: a code would save nothing. */
export const PLAIN_BITS = 7;
/** Golomb order for differences in shown steps without a table: after a surprise they are mostly 0 or 1. */
const STEP_ORDER = 1;

/** Reads and writes the values of one column. */
export class ColumnCodec {
  readonly column: Column;
  /** For differences in grid steps; undefined where values are sent plainly. */
  readonly #code: ResidualCode | undefined;
  /** For differences in shown steps. */
  readonly #stepCode: ResidualCode | undefined;

  constructor(type: EntityType, column: Column) {
    this.column = column;
    const tables = type.tables?.fields;
    const trained = tables?.[column.name];
    if (trained !== undefined || column.bits > PLAIN_BITS)
      this.#code = new ResidualCode(column.bits, trained);
    if (column.shownSteps > 1) {
      const width = latticeBits(column) + 1;
      this.#stepCode = new ResidualCode(
        width,
        tables?.[`${column.name}@shown`] ?? usualLengths(width, STEP_ORDER),
      );
    }
  }

  /** Writes a value that is not what the reader expects. */
  write(writer: BitWriter, level: DetailLevel, expected: number, value: number): void {
    const { column } = this;
    if (this.#code === undefined) return writer.write(value - column.lowest, column.bits);
    if (this.#stepCode !== undefined && hasLattice(column, level)) {
      const { shownSteps } = column;
      const onLattice = value % shownSteps === 0;
      writer.write(onLattice ? 1 : 0, 1);
      if (onLattice) {
        const steps = value / shownSteps - Math.round(expected / shownSteps);
        // The code has no 0, which here stands for the shown step that the expected value is next to.
        return this.#stepCode.write(writer, steps >= 0 ? steps + 1 : steps);
      }
    }
    this.#code.write(writer, difference(column, expected, value));
  }

  /** Reads what `write` wrote; whatever the bits, the result is in the column's range. */
  read(reader: BitReader, level: DetailLevel, expected: number, tally?: DeltaTally): number {
    const { column } = this;
    const start = reader.position;
    if (this.#code === undefined) {
      const value = confine(column, reader.read(column.bits) + column.lowest);
      tally?.residual(column, difference(column, expected, value), false, column.bits, expected, value);
      return value;
    }
    const inSteps = this.#stepCode !== undefined && hasLattice(column, level) && reader.read(1) === 1;
    const coded = inSteps ? this.#stepCode.read(reader) : this.#code.read(reader);
    let value = expected + coded;
    if (inSteps) {
      const steps = Math.round(expected / column.shownSteps) + (coded > 0 ? coded - 1 : coded);
      value = steps * column.shownSteps;
    }
    value = confine(column, value);
    tally?.residual(column, coded, inSteps, reader.position - start, expected, value);
    return value;
  }

  /** Writes a value without any baseline. */
  writeWhole(writer: BitWriter, level: DetailLevel, value: number): void {
    const { column } = this;
    if (hasLattice(column, level)) {
      const onLattice = value % column.shownSteps === 0;
      writer.write(onLattice ? 1 : 0, 1);
      if (onLattice) return writer.write(value / column.shownSteps - lowestStep(column), latticeBits(column));
    }
    writer.write(value - column.lowest, column.bits);
  }

  readWhole(reader: BitReader, level: DetailLevel, tally?: DeltaTally): number {
    const { column } = this;
    const start = reader.position;
    const onLattice = hasLattice(column, level) && reader.read(1) === 1;
    const value = confine(
      column,
      onLattice
        ? (reader.read(latticeBits(column)) + lowestStep(column)) * column.shownSteps
        : reader.read(column.bits) + column.lowest,
    );
    tally?.whole?.(column, value, reader.position - start);
    return value;
  }
}
