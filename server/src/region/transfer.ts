import type { EntityId, PlayerNumber, Tick } from "@tidelock/shared";

/** A region's number in its grid, from 0. */
export type RegionId = number;
/** Names one handoff in the whole world: region, region epoch and a count. */
export type HandoffId = string;

/** An entity and the epoch of the authority over it. */
export interface Claim {
  readonly id: EntityId;
  /** Rises with each change of authority, from 1 for an entity that never changed hands; never comes down. */
  readonly epoch: number;
}

/** The newest input of a player that an authority has applied. */
export interface InputCursor {
  readonly player: PlayerNumber;
  readonly last: number;
}

/** An entity as its host wrote it: fields, timers, random streams. */
export interface EntityState extends Claim {
  readonly state: Uint8Array;
}

/** Entities that change hands together: a vehicle and its riders, a player and what it carries. */
export interface GroupState {
  readonly members: readonly EntityState[];
  readonly cursors: readonly InputCursor[];
  /** What belongs to the group and to none of its entities, such as events that are about to happen. */
  readonly extra: Uint8Array;
}

/** A group on its way from one region to another; `members` carry the epochs they had before. */
export interface Transfer extends GroupState {
  readonly hid: HandoffId;
  readonly from: RegionId;
  readonly fromEpoch: number;
  readonly to: RegionId;
  /** The epoch of the region that accepted. */
  readonly toEpoch: number;
  /** The last tick that `from` simulated the group. */
  readonly tick: Tick;
}

/** The claims that `to` has once a transfer is committed. */
export function claimsAfter(transfer: Transfer): Claim[] {
  return transfer.members.map(({ id, epoch }) => ({ id, epoch: epoch + 1 }));
}

/** The members as `to` has them once a transfer is committed. */
export function arrivals(transfer: Transfer): EntityState[] {
  return transfer.members.map((member) => ({ ...member, epoch: member.epoch + 1 }));
}
