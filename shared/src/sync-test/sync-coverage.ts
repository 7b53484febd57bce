import { SHARED_INPUTS } from "../simulation/shared-inputs.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";

/** What was in a game while it was tested: a test of an empty world says nothing. */
export class SyncCoverage {
  /** By entity type: most that were alive at a time, and how many came and went. */
  readonly entities: ReadonlyMap<string, { most: number; changes: number }>;
  /** By name: how many were emitted. */
  readonly events = new Map<string, number>();
  /** How many ticks left anything changed. */
  busyTicks = 0;
  readonly #counts: number[];

  constructor(tables: readonly Table[]) {
    // Inputs that are shared change whatever the game does.
    const own = tables.filter((table) => table.type.name !== SHARED_INPUTS);
    this.entities = new Map(own.map((table) => [table.type.name, { most: table.count, changes: 0 }]));
    this.#counts = tables.map((table) => table.count);
  }

  /** Takes in a tick just computed. */
  note(world: World): void {
    let changed = 0;
    world.tables.forEach((table, i) => {
      const seen = this.entities.get(table.type.name);
      if (seen === undefined) return;
      seen.most = Math.max(seen.most, table.count);
      seen.changes += Math.abs(table.count - this.#counts[i]);
      this.#counts[i] = table.count;
      changed += table.changedCount;
    });
    for (const { name } of world.events) this.events.set(name, (this.events.get(name) ?? 0) + 1);
    if (changed > 0) this.busyTicks++;
  }
}
