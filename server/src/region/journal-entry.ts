import type { Tick } from "@tidelock/shared";
import type { Claim, EntityState, HandoffId, InputCursor } from "./transfer.ts";

/** What a region writes down between two snapshots, so that another process can resume it. */
export type JournalEntry =
  /** An entity began to exist here, or what is durable of it changed, or it came from another region. */
  { readonly kind: "kept"; readonly entity: EntityState } | { readonly kind: "died"; readonly entity: Claim };

/** Entries that become durable together, and what they settle. */
export interface JournalBatch {
  /** One above that of the batch before; a batch sent again is recognised by it. */
  readonly sequence: number;
  readonly entries: readonly JournalEntry[];
  /** Arrivals that the entries cover: they leave the inbox with them. */
  readonly arrived: readonly HandoffId[];
}

/** A region at the end of one tick. */
export interface RegionSnapshot {
  readonly tick: Tick;
  /** Batches up to this one are contained. */
  readonly sequence: number;
  readonly entities: readonly EntityState[];
  readonly cursors: readonly InputCursor[];
  /** What the host keeps beside its entities. */
  readonly state: Uint8Array;
}
