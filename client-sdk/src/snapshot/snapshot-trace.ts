import type { Column, DeltaTally, DetailLevel, EntityId, EntityType, SnapshotHeader } from "@tidelock/shared";
import type { Replica } from "./replica.ts";
import type { SnapshotDrop } from "./snapshot-decoder.ts";

/**
 * Told of every part of a packet in the order of its bits, while the decoder reads it. Of a packet that is dropped it hears what was
 * read until then. The bits of all parts and the rest make up the packet.
 */
export interface SnapshotTrace extends DeltaTally {
  /** A packet begins. The objects passed are reused: copy what is to be kept. */
  header(header: Readonly<SnapshotHeader>, bits: number): void;
  /** Slots from `slot` on are passed as predicted; in `known` of them this client has an entity of which that is news. */
  run(slot: number, length: number, known: number, bits: number): void;
  /** What comes of `slot`: CHANGED and so on. */
  symbol(symbol: number, slot: number, bits: number): void;
  /** Where a SEEK leads. */
  seek(slot: number, bits: number): void;
  /** The symbol is followed by a baseline of its own; `age` is in ticks, and `bits` has its length too where there is one. */
  baseline(age: number, bits: number): void;
  /** A change of this entity against its state `age` ticks ago follows. */
  change(replica: Replica, age: number): void;
  /** A change is stepped over, because its baseline is not known here. */
  skip(bits: number): void;
  /** An entity is told whole; its values follow. */
  identity(type: EntityType, id: EntityId, owner: number, level: DetailLevel, bits: number): void;
  whole(column: Column, value: number, bits: number): void;
  /** The packet is over. Undefined: it was taken. `rest` is what follows END, or what was not read, out of `bits` in all. */
  end(drop: SnapshotDrop | undefined, rest: number, bits: number): void;
}
