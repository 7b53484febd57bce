import type { Sight } from "../worlds/nearest.ts";

/**
 * One way of telling clients about a world, measured beside the others on the same ticks.
 *
 * A peer is made with every client connected and looking. Per tick the scene calls `write`, `encode` and
 * `deliver` in this order; only `encode` is timed. When all ticks are done it goes through the same ticks
 * again and calls `verify`, so that no client's work falls into the measured run.
 */
export interface ScenePeer<World> {
  readonly name: string;
  /** Copies the world into the peer's own state: the part that a game's simulation would do itself. */
  write(world: World): void;
  /** Makes this tick's packets for every client and returns the bytes of all of them together. */
  encode(clients: readonly Sight[]): number;
  /** Lets the packets of this tick travel, and keeps what arrives for `verify`. */
  deliver(): void;
  /** Decodes what arrived in the next tick and returns how many fields or movers a client has wrong. */
  verify(world: World, clients: readonly Sight[]): number;
}
