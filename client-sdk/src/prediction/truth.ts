import { isExact, isSent, type PlayerNumber, type Table, type Tick, type World } from "@tidelock/shared";
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
}

function isPredicted(replica: Replica): boolean {
  return isExact(replica.level);
}

/** Whether what was predicted for the snapshot's tick is the truth to the last bit. */
export function agrees(world: World, truth: Truth): boolean {
  for (const replica of truth.updated) {
    if (!isPredicted(replica)) continue;
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
    if (isPredicted(replica) && world.tables[replica.type.index].find(replica.id) >= 0) return false;
  return !truth.allOwned || forEachUnknown(world, truth, () => true) === 0;
}

/** Makes `world` say what the snapshot says of the predicted entities. The rest stays as it was predicted. */
export function correct(world: World, truth: Truth): void {
  for (const replica of truth.updated) {
    if (!isPredicted(replica)) continue;
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
    const slot = isPredicted(replica) ? table.find(replica.id) : -1;
    if (slot >= 0) table.remove(slot);
  }
  if (truth.allOwned) forEachUnknown(world, truth, (table, slot) => table.remove(slot));
  for (const table of world.tables) table.settle();
}

/** Visits own predicted entities that the snapshot does not know: their spawn was predicted and did not happen. */
function forEachUnknown(world: World, truth: Truth, visit: (table: Table, slot: number) => void): number {
  let unknown = 0;
  for (const table of world.tables) {
    if (table.type.predicted !== "owner") continue;
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      if (table.alive[slot] === 0 || table.owners[slot] !== truth.player) continue;
      const id = table.ids[slot];
      if (truth.updated.some((replica) => replica.id === id)) continue;
      unknown++;
      visit(table, slot);
    }
  }
  return unknown;
}
