import type { EntityType, World } from "@tidelock/shared";

/** A world of ours that a scene steps and shows to clients. The same seed makes the same world, tick for tick. */
export interface ReplicatedWorld {
  /** Ticks per second. */
  readonly tickRate: number;
  readonly types: readonly EntityType[];
  readonly world: World;
  /** Advances to the next tick; the first is tick 1. */
  step(): void;
}
