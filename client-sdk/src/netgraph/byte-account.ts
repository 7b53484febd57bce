import {
  CHANGED,
  type Column,
  type DetailLevel,
  type EntityId,
  type EntityType,
  GONE,
  OTHER_BASELINE,
  SEEK,
  type SnapshotHeader,
  WHOLE,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";
import type { SnapshotDrop } from "../snapshot/snapshot-decoder.ts";
import type { SnapshotTrace } from "../snapshot/snapshot-trace.ts";

/** What one field, or one part of what surrounds the fields, took of all snapshots received. */
export interface ByteShare {
  /** Name of the entity type, or "packet" for what is of none. */
  readonly type: string;
  /**
   * Name of the field, with its component for vectors; or in brackets a part of the format. Of a type: "(whole)" says who an entity is
   * that is new here, "(change)" that one changed, since when and against what, "(mask)" which of its fields did. Of a packet:
   * "(header)"; "(runs)" of entities that are as predicted; "(gone)"; "(seek)"; "(end)" with the bits that fill the last byte;
   * "(skipped)" changes of what is not known here; "(refused)" packets.
   */
  readonly field: string;
  /** Bits in all. */
  bits: number;
  /** How often it was there. */
  count: number;
}

/** A share, and what the packet at hand adds to it if it is sound. */
interface Row extends ByteShare {
  pendingBits: number;
  pendingCount: number;
}

interface TypeRows {
  readonly whole: Row;
  readonly change: Row;
  readonly mask: Row;
  readonly fields: readonly Row[];
}

/**
 * Counts where the bytes of snapshots go, by entity type and field: every bit received is in exactly one share. It listens to the decoder
 * of a session; see `Session.account`. All its totals count from its beginning and never decrease.
 */
export class ByteAccount implements SnapshotTrace {
  readonly #rows: Row[] = [];
  readonly #types: readonly TypeRows[];
  readonly #header = this.#row("packet", "(header)");
  readonly #runs = this.#row("packet", "(runs)");
  readonly #seek = this.#row("packet", "(seek)");
  readonly #gone = this.#row("packet", "(gone)");
  readonly #end = this.#row("packet", "(end)");
  readonly #skipped = this.#row("packet", "(skipped)");
  readonly #refused = this.#row("packet", "(refused)");
  /** Packets taken. */
  packets = 0;
  /** Bits of all packets, refused ones included. */
  bits = 0;
  /** Changes of entities told, and entities told whole. */
  changes = 0;
  wholes = 0;
  /** Entities that were passed as predicted. */
  predicted = 0;
  #type: TypeRows | undefined;
  #symbolBits = 0;
  #pendingChanges = 0;
  #pendingWholes = 0;
  #pendingPredicted = 0;

  constructor(types: readonly EntityType[]) {
    this.#types = types.map(({ name, columns }) => ({
      whole: this.#row(name, "(whole)"),
      change: this.#row(name, "(change)"),
      mask: this.#row(name, "(mask)"),
      fields: columns.map((column) => this.#row(name, column.name)),
    }));
  }

  /** All shares, in an order that stays the same. The objects are updated in place. */
  get shares(): readonly Readonly<ByteShare>[] {
    return this.#rows;
  }

  /** Of the entities that packets spoke of, the share that was as predicted, 0 to 1. */
  get predictedShare(): number {
    const told = this.changes + this.wholes;
    return this.predicted === 0 ? 0 : this.predicted / (this.predicted + told);
  }

  header(_header: Readonly<SnapshotHeader>, bits: number): void {
    add(this.#header, bits);
  }

  run(_slot: number, length: number, known: number, bits: number): void {
    add(this.#runs, bits, length > 0 ? 1 : 0);
    this.#pendingPredicted += known;
  }

  symbol(symbol: number, _slot: number, bits: number): void {
    // What follows says of which type the entity is.
    if (symbol === CHANGED || symbol === OTHER_BASELINE || symbol === WHOLE) this.#symbolBits = bits;
    else add(this.#symbolRow(symbol), bits);
  }

  seek(_slot: number, bits: number): void {
    add(this.#seek, bits, 0);
  }

  baseline(_age: number, bits: number): void {
    this.#symbolBits += bits;
  }

  change({ type }: Replica): void {
    this.#type = this.#types[type.index];
    add(this.#type.change, this.#takeSymbol());
    this.#pendingChanges++;
  }

  skip(bits: number): void {
    add(this.#skipped, bits + this.#takeSymbol());
  }

  identity(type: EntityType, _id: EntityId, _owner: number, _level: DetailLevel, bits: number): void {
    this.#type = this.#types[type.index];
    add(this.#type.whole, bits + this.#takeSymbol());
    this.#pendingWholes++;
  }

  begin(_type: EntityType, bits: number): void {
    if (this.#type !== undefined) add(this.#type.change, bits, 0);
  }

  mask(_group: number, _mask: number, bits: number): void {
    if (this.#type !== undefined) add(this.#type.mask, bits);
  }

  residual(column: Column, _coded: number, _inSteps: boolean, bits: number): void {
    if (this.#type !== undefined) add(this.#type.fields[column.index], bits);
  }

  whole(column: Column, _value: number, bits: number): void {
    if (this.#type !== undefined) add(this.#type.fields[column.index], bits);
  }

  end(drop: SnapshotDrop | undefined, rest: number, bits: number): void {
    const taken = drop === undefined;
    this.bits += bits;
    if (taken) {
      add(this.#end, rest, 0);
      this.packets++;
      this.changes += this.#pendingChanges;
      this.wholes += this.#pendingWholes;
      this.predicted += this.#pendingPredicted;
    }
    for (const row of this.#rows) {
      if (taken) {
        row.bits += row.pendingBits;
        row.count += row.pendingCount;
      }
      row.pendingBits = row.pendingCount = 0;
    }
    if (!taken) {
      this.#refused.bits += bits;
      this.#refused.count++;
    }
    this.#pendingChanges = this.#pendingWholes = this.#pendingPredicted = this.#symbolBits = 0;
    this.#type = undefined;
  }

  #symbolRow(symbol: number): Row {
    return symbol === SEEK ? this.#seek : symbol === GONE ? this.#gone : this.#end;
  }

  #takeSymbol(): number {
    const bits = this.#symbolBits;
    this.#symbolBits = 0;
    return bits;
  }

  #row(type: string, field: string): Row {
    const row = { type, field, bits: 0, count: 0, pendingBits: 0, pendingCount: 0 };
    this.#rows.push(row);
    return row;
  }
}

function add(row: Row, bits: number, count = 1): void {
  row.pendingBits += bits;
  row.pendingCount += count;
}
