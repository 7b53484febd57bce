import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import { bitsFor, type Column, confine } from "../schema/column.ts";
import { EXACT, type DetailLevel } from "./level.ts";
import { difference } from "./motion.ts";

/** Columns up to this wide are sent plainly when they change: a code would save nothing. */
const PLAIN_BITS = 7;
/** Golomb order for differences counted in shown steps: after a surprise they are mostly 0 or 1. */
const LATTICE_ORDER = 1;

function order(column: Column): number {
  return column.bits >> 2;
}

function variableCost(value: number, k: number): number {
  return 2 * (31 - Math.clz32((value >> k) + 1)) + 1 + k;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** True when values of the column at this level usually lie on the coarser lattice of shown steps. */
function hasLattice(column: Column, level: DetailLevel): boolean {
  return column.shownSteps > 1 && (level & EXACT) === 0;
}

/** Writes one value against what the reader predicts: one bit if it is as predicted. */
export function writeResidual(
  writer: BitWriter,
  column: Column,
  level: DetailLevel,
  predicted: number,
  value: number,
): void {
  if (value === predicted) return writer.write(0, 1);
  writer.write(1, 1);
  if (column.bits <= PLAIN_BITS) return writer.write(value - column.lowest, column.bits);
  if (hasLattice(column, level)) {
    const onLattice = value % column.shownSteps === 0;
    writer.write(onLattice ? 1 : 0, 1);
    if (onLattice)
      return writer.writeSignedVariable(
        value / column.shownSteps - Math.round(predicted / column.shownSteps),
        LATTICE_ORDER,
      );
  }
  const change = difference(column, predicted, value);
  const coded = zigzag(change) - 1;
  const k = order(column);
  const plain = variableCost(coded, k) >= column.bits;
  writer.write(plain ? 1 : 0, 1);
  if (plain) writer.write(value - column.lowest, column.bits);
  else writer.writeVariable(coded, k);
}

/** Reads what `writeResidual` wrote; whatever the bits, the result is in the column's range. */
export function readResidual(
  reader: BitReader,
  column: Column,
  level: DetailLevel,
  predicted: number,
): number {
  if (reader.read(1) === 0) return predicted;
  if (column.bits <= PLAIN_BITS) return confine(column, reader.read(column.bits) + column.lowest);
  if (hasLattice(column, level) && reader.read(1) === 1) {
    const steps = Math.round(predicted / column.shownSteps) + reader.readSignedVariable(LATTICE_ORDER);
    return confine(column, steps * column.shownSteps);
  }
  if (reader.read(1) === 1) return confine(column, reader.read(column.bits) + column.lowest);
  const coded = reader.readVariable(order(column)) + 1;
  return confine(column, predicted + (coded & 1 ? -((coded + 1) >> 1) : coded >> 1));
}

/** Writes one value without any baseline. */
export function writeWhole(writer: BitWriter, column: Column, level: DetailLevel, value: number): void {
  if (hasLattice(column, level)) {
    const onLattice = value % column.shownSteps === 0;
    writer.write(onLattice ? 1 : 0, 1);
    if (onLattice) return writer.write(value / column.shownSteps - lowestStep(column), latticeBits(column));
  }
  writer.write(value - column.lowest, column.bits);
}

export function readWhole(reader: BitReader, column: Column, level: DetailLevel): number {
  if (hasLattice(column, level) && reader.read(1) === 1)
    return confine(column, (reader.read(latticeBits(column)) + lowestStep(column)) * column.shownSteps);
  return confine(column, reader.read(column.bits) + column.lowest);
}

function lowestStep(column: Column): number {
  return Math.ceil(column.lowest / column.shownSteps);
}

function latticeBits(column: Column): number {
  return bitsFor(Math.floor(column.highest / column.shownSteps) - lowestStep(column));
}

/** The value on the lattice of shown steps nearest to `value` that is in range. */
export function nearestShown(column: Column, value: number): number {
  const { shownSteps } = column;
  const near = Math.round(value / shownSteps) * shownSteps;
  if (near > column.highest) return near - shownSteps;
  // `+ 0` keeps -0 out of comparisons.
  return near < column.lowest ? near + shownSteps : near + 0;
}
