import type { VisibleSet } from "@tidelock/server";
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

/** Lists every entity in `into`, kind after kind by ascending id: what somebody sees who sees everything. */
export function listEverything({ tables }: World, into: VisibleSet): void {
  let count = 0;
  for (const table of tables) count += table.count;
  if (count > into.slots.length) {
    into.slots = new Int32Array(count * 2);
    into.tables = new Uint8Array(count * 2);
  }
  into.count = 0;
  for (const [index, table] of tables.entries()) {
    for (let i = 0; i < table.count; i++) {
      into.tables[into.count] = index;
      into.slots[into.count++] = table.order[i];
    }
  }
}
