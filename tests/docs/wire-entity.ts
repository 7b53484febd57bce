import type { Column, EntityType } from "@tidelock/shared";
import type { WireBits } from "./wire-bits.ts";
import { bucketsOf, codeOf, usualBucketLengths, type WireCode } from "./wire-code.ts";
import { masksOf, type WireMask } from "./wire-masks.ts";
import { advanced, confined, packedOf } from "./wire-motion.ts";
import { packWithout, turned, unpack } from "./wire-rotation.ts";

const EXACT = 1;
const RANKS = ["everyone", "team", "owner"];

/** Reads entities of one type by sections 4.3 to 4.6 and 4.8 of docs/wire-format.md and by nothing else. */
export class WireEntity {
  readonly type: EntityType;
  readonly #masks: readonly WireMask[];
  /** Codes of residuals by the name that their table has. */
  readonly #codes = new Map<string, WireCode>();

  constructor(type: EntityType) {
    this.type = type;
    this.#masks = masksOf(type);
  }

  whole(bits: WireBits, level: number): number[] {
    const now = this.type.columns.map(({ initial }) => initial);
    for (const index of this.type.sendOrder) {
      const column = this.type.columns[index];
      if (!isAllowed(column, level)) continue;
      const { lowest, highest, shownSteps: s } = column;
      const low = Math.ceil(lowest / s);
      if (hasLattice(column, level) && bits.u(1) === 1)
        now[index] = (bits.u(bitsOf(Math.floor(highest / s) - low)) + low) * s;
      else now[index] = bits.u(column.bits) + lowest;
    }
    return now;
  }

  delta(bits: WireBits, level: number, base: readonly number[], age: number): number[] {
    const { type } = this;
    const since = age > 1 ? bits.eg(0) : 0;
    const span = age - since;
    const hasVelocities = type.columns.some(({ velocity }) => velocity >= 0);
    const isEven = span > 1 && hasVelocities && bits.u(1) === 1;
    const expected = advanced(type, base, span);
    const told = [...expected];
    for (const { columns, code, masks } of this.#masks) {
      const symbol = code === undefined ? masks.length : bits.symbol(code);
      const mask = symbol < masks.length ? masks[symbol] : bits.u(columns.length);
      columns.forEach((index, bit) => {
        const column = type.columns[index];
        if (isAllowed(column, level)) this.#expect(column, expected, told, base, span, isEven);
        told[index] =
          (mask >> bit) % 2 === 1 ? this.#value(bits, column, level, expected[index]) : expected[index];
      });
    }
    return advanced(type, told, since);
  }

  /** Brings what is expected of a column in line with what has been told of those before it. */
  #expect(
    { index, velocity }: Column,
    expected: number[],
    told: readonly number[],
    base: readonly number[],
    span: number,
    isEven: boolean,
  ): void {
    const { type } = this;
    if (velocity >= 0) {
      const moved = Math.round(((told[velocity] - expected[velocity]) * ((isEven ? span : 1) + 1)) / 2);
      expected[index] = confined(type.columns[index], expected[index] + moved);
    }
    for (const { first, spin } of type.rotations) {
      const { highest } = type.columns[first + 1];
      if (index === first + 1 && told[first] !== expected[first]) {
        const parts = unpack(packedOf(expected, first), highest);
        expected.splice(first + 1, 3, ...packWithout(told[first], parts, highest).slice(1));
      }
      if (index !== first || spin < 0) continue;
      const axes = [spin, spin + 1, spin + 2];
      if (axes.every((axis) => told[axis] === expected[axis])) continue;
      const { grid } = type.columns[spin];
      const now = isEven
        ? turned(
            packedOf(base, first),
            axes.map((axis) => ((told[axis] + expected[axis]) / 2) * grid),
            type.dt,
            span,
            highest,
          )
        : turned(
            packedOf(advanced(type, base, span - 1), first),
            axes.map((axis) => told[axis] * grid),
            type.dt,
            1,
            highest,
          );
      expected.splice(first, 4, ...now);
    }
  }

  /** The value of a column that is not as expected. */
  #value(bits: WireBits, column: Column, level: number, expected: number): number {
    const { name, lowest, highest, shownSteps: s } = column;
    if (column.bits <= 7 && this.type.tables?.fields[name] === undefined) return bits.u(column.bits) + lowest;
    if (hasLattice(column, level) && bits.u(1) === 1) {
      const width = bitsOf(Math.floor(highest / s) - Math.ceil(lowest / s)) + 1;
      const steps = this.#residual(bits, `${name}@shown`, width, 1);
      return (Math.round(expected / s) + (steps > 0 ? steps - 1 : steps)) * s;
    }
    return confined(column, expected + this.#residual(bits, name, column.bits, column.bits >> 2));
  }

  #residual(bits: WireBits, name: string, width: number, order: number): number {
    const code =
      this.#codes.get(name) ?? codeOf(this.type.tables?.fields[name] ?? usualBucketLengths(width, order));
    this.#codes.set(name, code);
    const bucket = bucketsOf(width)[bits.symbol(code)];
    const folded = bucket.lowest + bits.u(bucket.bits);
    return folded % 2 === 0 ? -(folded / 2) - 1 : (folded + 1) / 2;
  }
}

function isAllowed({ audience }: Column, level: number): boolean {
  return RANKS.indexOf(audience) <= level >> 2;
}

function hasLattice({ shownSteps }: Column, level: number): boolean {
  return shownSteps > 1 && level % 4 !== EXACT;
}

export function bitsOf(highest: number): number {
  return highest === 0 ? 0 : highest.toString(2).length;
}
