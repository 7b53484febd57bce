import {
  type EntityId,
  isExact,
  isSent,
  type PlayerNumber,
  type Table,
  type Tick,
  ticksSinceSpawn,
  type World,
} from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";

/** What a snapshot says of the entities that this client predicts. */
export interface Truth {
  readonly tick: Tick;
  readonly player: PlayerNumber;
  /** Received in this snapshot, predicted ones and others. */
  readonly updated: readonly Replica[];
  /** No longer in view as of this snapshot. */
  readonly gone: readonly Replica[];
  /** True when an own entity that is missing from `updated` does not exist. */
  readonly allOwned: boolean;
  /** An entity in view, be it in this snapshot or not. */
  find(id: EntityId): Replica | undefined;
}

/**
 * What others were predicted to spawn and the server has not told of after so many ticks did not happen. It would be told of within
 * one snapshot, or a few where a packet cannot hold everything.
 */
const SPAWN_DOUBT_TICKS = 8;

/** Whether what was predicted for the snapshot's tick is the truth to the last bit. */
export function agrees(world: World, truth: Truth): boolean {
  for (const replica of truth.updated) {
    if (!isExact(replica.level)) continue;
    const table = world.tables[replica.type.index];
    const slot = table.find(replica.id);
    if (slot < 0 || table.owners[slot] !== replica.owner) return false;
    const row = replica.row(truth.tick);
    for (const column of replica.type.columns)
      if (
        isSent(column, replica.level) &&
        table.quantised[column.index][slot] !== replica.rows[column.index][row]
      )
        return false;
  }
  for (const replica of truth.gone)
    if (isExact(replica.level) && world.tables[replica.type.index].find(replica.id) >= 0) return false;
  return forEachUnknown(world, truth, () => {}) === 0;
}

/** Makes `world` say what the snapshot says of the predicted entities. The rest stays as it was predicted. */
export function correct(world: World, truth: Truth): void {
  for (const replica of truth.updated) {
    if (!isExact(replica.level)) continue;
    const table = world.tables[replica.type.index];
    let slot = table.find(replica.id);
    if (slot >= 0 && table.owners[slot] !== replica.owner) {
      table.remove(slot);
      table.settle();
      slot = -1;
    }
    if (slot < 0) slot = table.add(replica.id, replica.owner, false);
    const row = replica.row(truth.tick);
    for (const column of replica.type.columns)
      if (isSent(column, replica.level))
        table.quantised[column.index][slot] = replica.rows[column.index][row];
    table.loadValues(slot);
  }
  for (const replica of truth.gone) {
    const table = world.tables[replica.type.index];
    const slot = isExact(replica.level) ? table.find(replica.id) : -1;
    if (slot >= 0) table.remove(slot);
  }
  forEachUnknown(world, truth, (table, slot) => table.remove(slot));
  for (const table of world.tables) table.settle();
}

/** Visits predicted entities that the server does not know: their spawn was predicted and did not happen. Returns how many. */
function forEachUnknown(world: World, truth: Truth, visit: (table: Table, slot: number) => void): number {
  let unknown = 0;
  for (const table of world.tables) {
    if (table.type.predicted === "nobody") continue;
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      if (table.alive[slot] === 0 || !isUnknown(table.ids[slot], table.owners[slot], truth)) continue;
      unknown++;
      visit(table, slot);
    }
  }
  return unknown;
}

function isUnknown(id: EntityId, owner: PlayerNumber, truth: Truth): boolean {
  const replica = truth.find(id);
  // It is another player's now, and only looked at.
  if (replica !== undefined && !isExact(replica.level)) return true;
  if (owner === truth.player && owner !== 0)
    return truth.allOwned && (replica === undefined || !replica.has(truth.tick));
  if (replica !== undefined) return false;
  const age = ticksSinceSpawn(id, truth.tick);
  // Other ids than those of spawns in a step only ever come from the server.
  return age < 0 || age > SPAWN_DOUBT_TICKS;
}
