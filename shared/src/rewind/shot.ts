import type { EntityId, PlayerNumber } from "../world/entity-id.ts";
import type { Place, Walls } from "./walls.ts";

/** What all queries of the past take. `S`: the fields of the kind of entity asked for. */
export interface SeenTargets<S> {
  /** Radius of the targets, in the game's units. */
  readonly target: number;
  /** Which targets count, by what the player saw of them. Default: all. Their fields and nothing else must decide. */
  where?(seen: Readonly<S>, entity: { readonly id: EntityId; readonly owner: PlayerNumber }): boolean;
  /** What stands in the way, as it is now. Default: nothing. */
  readonly walls?: Walls | undefined;
  /**
   * Spares a target that has been out of sight, behind these walls, for longer than so many milliseconds: whoever has been behind cover
   * for a while cannot be hit where it was before. Left out: the furthest rewind alone protects it.
   */
  readonly coverMs?: number;
}

/** A line that something goes along: a ray, or the way of a projectile in one tick. */
export interface Shot<S> extends SeenTargets<S> {
  readonly from: Place;
  readonly to: Place;
  /** Radius of what flies; 0, the default, for a ray. */
  readonly radius?: number;
}

/** Something that flies on evenly. */
export interface Projectile<S> extends SeenTargets<S> {
  readonly from: Place;
  /** In units per second. */
  readonly velocity: Place;
  readonly radius?: number;
}
