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
  /** Bits per object-update of an ideal order-0 code for the field's residuals in entities of which something changed. */
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
 * the residuals of our own predictor are gathered for the floor that ideal order-0 codes would reach with them: one for whether
 * anything changed, one per field of what did. Updates without the packet's baseline have no residuals: all their bits are "other".
 */
export class FieldBits {
  private readonly tallies: readonly (readonly Tally[])[];
  private readonly writer = new BitWriter(256);
  private readonly residuals: number[] = [];
  private readonly changed = new Histogram();
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
    let bits = this.changed.entropyBits();
    for (const tally of this.tallies.flat()) bits += tally.residuals.entropyBits();
    return rounded(bits / 8 / this.updates, 3);
  }

  /**
   * By kind and field, in bits per object-update of any kind; "other" is headers, runs, symbols and
   * whole entities, its ideal the code for whether anything of an entity changed, and its surprise that something did.
   */
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
    result["other"] = {
      bits: per(this.totalBits - fieldBits, 3),
      idealBits: per(this.changed.entropyBits(), 3),
      surprisedPercent: per(this.changed.countOf(1) * 100, 2),
    };
    return result;
  }

  private countUpdate(replica: Replica, tick: number, age: number): void {
    const { type, rows, level } = replica;
    const base = replica.row(tick - age);
    const now = replica.row(tick);
    let changed = false;
    for (const { index } of type.columns) {
      this.residuals[index] = residualOf(replica, index, base, now, age);
      if (this.residuals[index] !== 0) changed = true;
    }
    this.changed.add(Number(changed));
    if (!changed) return;
    for (const [index, tally] of this.tallies[type.index].entries()) {
      if (!isSent(type.columns[index], level)) continue;
      tally.residuals.add(this.residuals[index]);
      if (this.residuals[index] !== 0) tally.surprises++;
      this.writer.reset();
      writeDelta(this.writer, tally.alone, level, rows, base, now, age);
      tally.bits += this.writer.position;
    }
  }
}

/** How far a column is from what our predictor makes of the baseline; 0 for one that is not sent. */
function residualOf(
  { type, rows, level }: Replica,
  index: number,
  base: number,
  now: number,
  age: number,
): number {
  const column = type.columns[index];
  if (!isSent(column, level)) return 0;
  const { velocity } = column;
  const then = rows[index][base];
  const expected =
    velocity < 0 ? then : predict(column, then, rows[velocity][base], rows[velocity][now], age);
  return difference(column, expected, rows[index][now]);
}
