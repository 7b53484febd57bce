import type { EntityType } from "../../schema/entity-type.ts";
import type { Table } from "../../world/table.ts";

/**
 * Rapier as the rest of this folder sees it, the same in the plane and in space. `W` is the engine's world, `B` a rigid body in it,
 * `D` and `C` are descriptions of a body and of a collider.
 */
export interface Engine<W, B, D, C> {
  /** An empty world that steps `dt` seconds. */
  create(dt: number): W;
  /** A world as it was when `snapshot` was called, to the last bit of what the engine knows. */
  restore(bytes: Uint8Array): W;
  snapshot(world: W): Uint8Array;
  free(world: W): void;
  step(world: W): void;
  /** Describes a dynamic body like any other. */
  defaultBody(): D;
  /** Keeps what the description describes from ever falling asleep. */
  forbidSleep(body: D): void;
  addBody(world: W, body: D): B;
  addCollider(world: W, collider: C, body: B): void;
  body(world: W, handle: number): B;
  removeBody(world: W, body: B): void;
  handleOf(body: B): number;
  /** How entities of a kind say where their body is. Throws when fields are missing. */
  pose(type: EntityType): Pose<B, D>;
}

/** Carries where a body is, how it is turned and how it moves between the columns of an entity and the engine. */
export interface Pose<B, D> {
  describe(body: D, table: Table, slot: number): void;
  /** Moves the body to where its entity is; leaves it alone, asleep if it is, where they agree. */
  write(body: B, table: Table, slot: number): void;
  read(body: B, table: Table, slot: number): void;
}
