import type { JournalBatch, RegionSnapshot } from "./journal-entry.ts";
import type { RegionMessage } from "./region-message.ts";
import type { Claim, HandoffId, RegionId, Transfer } from "./transfer.ts";

/** How long a lease holds in the store, unless it is renewed. */
export const LEASE_MS = 3000;
/** An operation without an answer for so long counts as unknown; an answer that comes later is thrown away. */
export const ANSWER_WITHIN_MS = 500;
/** Writes that a store may lose when it restarts are not older than this: Redis writes its file once a second. */
export const LOSS_WINDOW_MS = 2000;
/**
 * A new epoch is at least the store's time in these units: even a store that forgot everything gives no epoch a second time, unless
 * a region was taken over more often than once in this time.
 */
export const EPOCH_MS = 100;

/**
 * Called once per operation, never before the call has returned. Undefined: nobody knows whether it happened; it may still happen
 * later. An operation that was not carried out for a reason says so in its value.
 */
export type Answer<T> = (value: T | undefined) => void;

export type AcquireAnswer =
  /** `previous`: the highest epoch before. Equal to what the caller knew: nobody owned the region in between. */
  | {
      readonly kind: "granted";
      readonly epoch: number;
      readonly previous: number;
      readonly incarnation: string;
    }
  /** Somebody else has it; the store restarted and waits for those who owned; or the caller's knowledge is outdated. */
  | {
      readonly kind: "held" | "waiting" | "outdated";
      readonly retryMs: number;
      readonly incarnation: string;
    };
export type RenewAnswer =
  | { readonly kind: "renewed"; readonly incarnation: string }
  | { readonly kind: "lost" };
export type CommitAnswer =
  | "committed"
  /** The region has another owner. */
  | "fenced"
  /** The store knows a higher epoch of a member. */
  | "superseded"
  /** The accepting owner is there no more. */
  | "target-gone";
/** "kept": it never happens, and the members' epochs are two above those in the transfer. "waiting": ask again later. */
export type SettleAnswer = "committed" | "kept" | "superseded" | "fenced" | "waiting";
/** "gap": a batch before this one is missing; a snapshot mends it. */
export type JournalAnswer = "written" | "fenced" | "gap";
export type SnapshotAnswer = "written" | "fenced" | "outdated";

/** A transfer that waits for its region, with members that meanwhile have a higher epoch elsewhere. */
export interface InboxEntry {
  readonly transfer: Transfer;
  readonly superseded: readonly number[];
}

/** Everything that is needed to resume a region. */
export interface StoredRegion {
  readonly snapshot: RegionSnapshot | undefined;
  readonly batches: readonly JournalBatch[];
  /** What left since the snapshot, with the epochs it had here. */
  readonly left: readonly Claim[];
  readonly sequence: number;
}

export interface ProcessLoad {
  readonly owner: string;
  /** Whatever the processes compare, such as the part of a tick that is used, from 0. */
  readonly load: number;
}

/** Which processes are there, and which regions have an owner. */
export interface Directory {
  readonly processes: readonly ProcessLoad[];
  readonly regions: readonly { readonly region: RegionId; readonly owner: string }[];
}

/** Where an entity that changed hands at least once is. */
export interface EntityRecord extends Claim {
  readonly region: RegionId;
}

/**
 * What the regions of a world share: a store whose operations are atomic, and messages that may be lost. One object per process, which
 * it names `owner`. What must not be lost never travels as a message.
 *
 * Writes are fenced: the store refuses those of a region epoch below the highest it has given. After a restart the store may have
 * forgotten its newest writes; what a caller knows to be higher is then believed and written back, and for one lease's time the store
 * gives regions to nobody but those who show that they own them.
 */
export interface RegionBus {
  /** Names this run of this process; no other has the same. */
  readonly owner: string;

  /** Takes over a region that nobody holds. `known`: the epoch at which the caller still has the region in memory, 0 for none. */
  acquire(region: RegionId, known: number, answer: Answer<AcquireAnswer>): void;
  /** Extends a lease that has not lapsed by the caller's own clock. */
  renew(region: RegionId, epoch: number, answer: Answer<RenewAnswer>): void;
  /** Lets go of a region at once. */
  release(region: RegionId, epoch: number, answer: Answer<boolean>): void;

  /**
   * Says that this process is there and how busy it is, for one lease's time, and learns who else is. `load` undefined: it takes no
   * regions any more.
   */
  announce(load: number | undefined, answer: Answer<Directory>): void;
  /**
   * Says that a process has ended, so that its regions are free at once. To be said by those who know, such as whoever started it and saw it
   * exit: one that still runs would share its regions with another owner until it notices. Answers with the regions it had.
   */
  bury(owner: string, answer: Answer<readonly RegionId[]>): void;

  /**
   * The one moment in which authority changes: all members go from one region to the other, or none. Doing it again does nothing.
   * `again`: it is known to have been committed, and written back because the store may have forgotten it.
   */
  commit(transfer: Transfer, again: boolean, answer: Answer<CommitAnswer>): void;
  /** Finds out what became of a commit, and makes sure that it does not happen later. */
  settle(transfer: Transfer, answer: Answer<SettleAnswer>): void;
  /** Writes back what a region owns, highest epoch first; answers with the ids that somebody else owns at a higher one. */
  reassert(region: RegionId, claims: readonly Claim[], answer: Answer<readonly number[]>): void;
  /** Where these entities are; those that never changed hands, or are gone, have no record. */
  records(ids: readonly number[], answer: Answer<readonly EntityRecord[]>): void;

  /** Transfers to a region that are committed and not yet covered by its journal. */
  inbox(region: RegionId, answer: Answer<readonly InboxEntry[]>): void;
  journal(region: RegionId, epoch: number, batch: JournalBatch, answer: Answer<JournalAnswer>): void;
  /** Replaces snapshot and journal up to its sequence. `left`: handoffs of which the snapshot no longer has the members. */
  snapshot(
    region: RegionId,
    epoch: number,
    snapshot: RegionSnapshot,
    left: readonly HandoffId[],
    answer: Answer<SnapshotAnswer>,
  ): void;
  load(region: RegionId, answer: Answer<StoredRegion>): void;

  /** Tells the owner of a region, if it hears: messages may be lost, late, doubled and in another order. */
  send(to: RegionId, message: RegionMessage): void;
  /** Hears what is sent to a region; returns how to stop. */
  listen(region: RegionId, hear: (message: RegionMessage) => void): () => void;
}
