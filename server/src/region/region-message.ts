import type { EntityId, PlayerNumber, Tick } from "@tidelock/shared";
import type { EntityState, GroupState, HandoffId, RegionId, Transfer } from "./transfer.ts";

/** What is sent to this number is heard by whoever places regions. */
export const ALL_PROCESSES: RegionId = -1;

/** Every message says who speaks; a receiver drops those of an epoch below the highest it has heard. */
interface Spoken {
  readonly from: RegionId;
  readonly fromEpoch: number;
}

/** Asks for a shadow of a group that is about to come. */
export interface Prepare extends Spoken, GroupState {
  readonly kind: "prepare";
  readonly hid: HandoffId;
  readonly tick: Tick;
  /** Games that differ cannot exchange entities. */
  readonly schema: number;
}

export type RejectReason = "schema" | "capacity" | "not-owner" | "busy";

/** Read-only copies for a neighbour; one message per neighbour and send tick. */
export interface GhostFrame extends Spoken {
  readonly kind: "ghosts";
  readonly tick: Tick;
  readonly ghosts: readonly EntityState[];
}

export type RegionMessage =
  | Prepare
  | (Spoken & { readonly kind: "accept"; readonly hid: HandoffId })
  | (Spoken & { readonly kind: "reject"; readonly hid: HandoffId; readonly reason: RejectReason })
  /** The commit is known to have happened. The inbox has it too. */
  | (Spoken & { readonly kind: "committed"; readonly transfer: Transfer })
  /** The owner has given the region up: whoever waits for it may ask now. */
  | (Spoken & { readonly kind: "released" })
  /** Said to all processes: this one is to have the region in a moment, and may prepare. */
  | (Spoken & { readonly kind: "offered"; readonly region: RegionId; readonly to: string })
  | (Spoken & { readonly kind: "cancel"; readonly hid: HandoffId })
  | GhostFrame
  /** A player is about to come, and may open a channel with this token. */
  | (Spoken & { readonly kind: "preconnect"; readonly player: PlayerNumber; readonly token: string })
  | (Spoken & { readonly kind: "unconnect"; readonly player: PlayerNumber })
  /** An input that reached the old owner. */
  | (Spoken & {
      readonly kind: "input";
      readonly player: PlayerNumber;
      readonly number: number;
      readonly input: Uint8Array;
    })
  /** Something that an entity of another region is asked to do or suffer. */
  | (Spoken & { readonly kind: "request"; readonly entity: EntityId; readonly request: Uint8Array });
