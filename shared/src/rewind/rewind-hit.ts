import type { EntityId, PlayerNumber } from "../world/entity-id.ts";

/** Something hit at the moment that the player was looking at. */
export interface RewindHit<T> {
  readonly id: EntityId;
  /** The player that it belongs to, 0 for none. */
  readonly owner: PlayerNumber;
  /** It as it is now, to be changed. Undefined on a client that only looks at it: then what follows from the hit comes from the server. */
  readonly entity: T | undefined;
  /** Where the shot was when it touched; for an area where the target was. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Share of the shot's way, 0 to 1; for an area 0. */
  readonly fraction: number;
  /** From where the shot began, or from the centre of the area. */
  readonly distance: number;
  /** How far back it was judged, in milliseconds; 0 for what the player predicts and so sees as it is now. */
  readonly rewindMs: number;
  /** The player was looking further back than is allowed, and the hit was judged at the limit. */
  readonly capped: boolean;
}
