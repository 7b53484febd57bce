import type { EntityId, PlayerNumber, Tick } from "@tidelock/shared";
import type { Claim, EntityState, GroupState, RegionId } from "./transfer.ts";

/** Entities that move together: what rides, carries, is carried or joined. Most groups are one entity. */
export interface RegionGroup {
  /** The entity that leads: its place is the group's. */
  readonly id: EntityId;
  readonly members: readonly EntityId[];
  /** Players whose entities are among the members. */
  readonly players: readonly PlayerNumber[];
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
  /** In the middle of something with another group, such as a trade: not to be moved just now. */
  readonly locked: boolean;
}

/**
 * What a region needs of the simulation that it decides about. The region says what is simulated here; the host simulates it. Entities
 * are opaque to the region: bytes, an id and a place.
 */
export interface RegionHost {
  /** Games that differ have different ones; they exchange no entities. */
  readonly schema: number;

  /** The groups simulated here, frozen ones included. An entity that appears here for the first time was born. */
  groups(): Iterable<RegionGroup>;
  /** Takes an input for the tick that comes next; in order, each once. */
  input(player: PlayerNumber, number: number, input: Uint8Array): void;
  /** Simulates one tick of everything that is not frozen. */
  step(tick: Tick): void;
  /** Simulates one tick of these alone, to catch up after they came. */
  stepAlone(members: readonly EntityId[], tick: Tick): void;
  /** These stand still from now on, as they are at the end of the last tick. */
  freeze(members: readonly EntityId[]): void;
  unfreeze(members: readonly EntityId[]): void;
  /** Ends a lock that lasted too long. */
  breakLock(group: EntityId): void;

  encode(id: EntityId): Uint8Array;
  encodeExtra(members: readonly EntityId[]): Uint8Array;
  /** What is encoded here is simulated here from the next step on. */
  put(group: GroupState): void;
  /** These are simulated by another region from now on, and stay here to be looked at. */
  demote(members: readonly Claim[], to: RegionId): void;
  /** These are no longer here, not even to be looked at. */
  remove(members: readonly EntityId[]): void;
  /** Everything is gone: the region begins anew. */
  clear(): void;

  /** Rises when what must not be lost of an entity changes; undefined for one that may be lost, such as a bolt in flight. */
  durableVersion(id: EntityId): number | undefined;
  /** This version is written down, and may be acknowledged to players. */
  stored(id: EntityId, version: number): void;

  /** What a neighbour simulates and is near enough to be seen from here. */
  ghost(entity: EntityState, from: RegionId, tick: Tick): void;
  forgetGhost(id: EntityId): void;
  /** Carries out what another region's entity asks one of ours to do or suffer. */
  request(entity: EntityId, request: Uint8Array): void;

  /** The player may open a second channel, to this region, with this token. */
  offer(player: PlayerNumber, to: RegionId, token: string): void;
  withdraw(player: PlayerNumber, to: RegionId): void;
  /** A player announced by a neighbour, who may come with this token. */
  expect(player: PlayerNumber, from: RegionId, token: string): void;
  unexpect(player: PlayerNumber, from: RegionId): void;

  /** What is the region's and no entity's. */
  save(): Uint8Array;
  load(state: Uint8Array): void;
}
