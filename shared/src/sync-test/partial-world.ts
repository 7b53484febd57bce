import type { Rng } from "../rng/rng.ts";
import type { PlayerNumber } from "../world/entity-id.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";

/** Whether the entity in a table's slot is to be in the world. */
export type Keep = (table: Table, slot: number) => boolean;

export const everything: Keep = () => true;

/** What a player's client predicts: all it has. */
export function predictedBy(player: PlayerNumber): Keep {
  return ({ type, owners }, slot) =>
    type.predicted === "everyone" || (type.predicted === "owner" && owners[slot] === player);
}

/**
 * Makes `to` hold the entities of `from` that are kept, from their quantised fields alone, entered in random order: as a client has
 * them that was just told of them. Modules are copied.
 */
export function rebuild(to: World, from: World, keep: Keep, rng: Rng): void {
  for (let i = 0; i < to.tables.length; i++) rebuildTable(to.tables[i], from.tables[i], keep, rng);
  for (const module of from.modules) module.copy(from, to);
  to.tick = from.tick;
  to.seed = from.seed;
}

function rebuildTable(to: Table, from: Table, keep: Keep, rng: Rng): void {
  for (let i = 0; i < to.count; i++) to.remove(to.order[i]);
  to.settle();
  const slots: number[] = [];
  for (let i = 0; i < from.count; i++) {
    const slot = from.order[i];
    // An entity removed since the last step is in the order still.
    if (from.alive[slot] === 1 && keep(from, slot)) slots.splice(rng.int(slots.length + 1), 0, slot);
  }
  for (const slot of slots) {
    const own = to.add(from.ids[slot], from.owners[slot], false);
    for (let c = 0; c < to.quantised.length; c++) to.quantised[c][own] = from.quantised[c][slot];
    to.loadValues(own);
  }
}
