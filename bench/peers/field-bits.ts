import type { Replica } from "@tidelock/client";
import {
  BitWriter,
  difference,
  type EntityType,
  isSent,
  predict,
  type SnapshotHeader,
  writeDelta,
} from "@tidelock/shared";
import { rounded } from "../report/percentile.ts";
import { Histogram } from "./histogram.ts";

/** What one field cost. */
export interface FieldFigures {
  /** Bits per object-update that our code spends on the field. */
  bits: number;
  /** Bits per object-update of an ideal order-0 code for the field's residuals alone. */
  idealBits: number;
  /** Of object-updates, percent in which the field was not as predicted. */
  surprisedPercent: number;
}

/** One field of one kind of entity. */
interface Tally {
  /** The kind with nothing but this field to send. */
  alone: EntityType;
  bits: number;
  surprises: number;
  residuals: Histogram;
}

/**
 * Where a client's bits go, from what it decoded: each update against the packet's baseline is encoded again field by field, and
 * the residuals of our own predictor are gathered for the floor that an ideal order-0 code would reach with them. Entities
 * with a baseline of their own, or none, are counted with the rest: "other".
 */
export class FieldBits {
  private readonly tallies: readonly (readonly Tally[])[];
  private readonly writer = new BitWriter(256);
  private totalBits = 0;
  private updates = 0;

  constructor(types: readonly EntityType[]) {
    this.tallies = types.map((type) =>
      type.columns.map(({ index }) => ({
        alone: { ...type, sendOrder: [index] },
        bits: 0,
        surprises: 0,
        residuals: new Histogram(),
      })),
    );
  }

  /** Counts a packet just decoded. */
  count(frame: Uint8Array, { tick, baselineAge }: SnapshotHeader, updated: readonly Replica[]): void {
    this.totalBits += frame.length * 8;
    this.updates += updated.length;
    if (baselineAge === 0) return;
    for (const replica of updated)
      if (replica.has(tick - baselineAge)) this.countUpdate(replica, tick, baselineAge);
  }

  /** Bytes per object-update if every field cost its ideal order-0 code and nothing else cost anything. */
  get idealBytesPerObjectUpdate(): number {
    let bits = 0;
    for (const tally of this.tallies.flat()) bits += tally.residuals.entropyBits();
    return rounded(bits / 8 / this.updates, 3);
  }

  /** By kind and field, in bits per object-update of any kind; "other" is headers, runs, symbols and whole entities. */
  figures(): Record<string, FieldFigures> {
    const per = (value: number, digits: number): number => rounded(value / this.updates, digits);
    const result: Record<string, FieldFigures> = {};
    let fieldBits = 0;
    for (const { alone, bits, surprises, residuals } of this.tallies.flat()) {
      fieldBits += bits;
      const name = alone.columns[alone.sendOrder[0]].name;
      result[`${alone.name}.${name}`] = {
        bits: per(bits, 3),
        idealBits: per(residuals.entropyBits(), 3),
        surprisedPercent: per(surprises * 100, 2),
      };
    }
    result["other"] = { bits: per(this.totalBits - fieldBits, 3), idealBits: 0, surprisedPercent: 0 };
    return result;
  }

  private countUpdate(replica: Replica, tick: number, age: number): void {
    const { type, rows, level } = replica;
    const base = replica.row(tick - age);
    const now = replica.row(tick);
    let changed = false;
    for (const column of type.columns) {
      if (!isSent(column, level)) continue;
      const { index, velocity } = column;
      const then = rows[index][base];
      const expected =
        velocity < 0 ? then : predict(column, then, rows[velocity][base], rows[velocity][now], age);
      const residual = difference(column, expected, rows[index][now]);
      const tally = this.tallies[type.index][index];
      tally.residuals.add(residual);
      if (residual === 0) continue;
      tally.surprises++;
      changed = true;
    }
    if (!changed) return;
    for (const tally of this.tallies[type.index]) {
      this.writer.reset();
      writeDelta(this.writer, tally.alone, level, rows, base, now, age);
      tally.bits += this.writer.position;
    }
  }
}
