import type { EntityType } from "../schema/entity-type.ts";
import type { Table } from "../world/table.ts";
import type { PlayerNumber } from "../world/entity-id.ts";
import type { World } from "../world/world.ts";

/** The hidden kind of entity that carries every player's input to every client, for games that share inputs. */
export const SHARED_INPUTS = "shared inputs";

/** The rows of the players' inputs in a world, one entity per player. They travel, are kept and are compared as entities are. */
export class SharedInputs {
  readonly type: EntityType;

  constructor(type: EntityType) {
    this.type = type;
  }

  tableOf(world: World): Table {
    return world.tables[this.type.index];
  }

  /** Says what the step of the tick to come is handed for a player; a player without a row gets one. */
  write(world: World, player: PlayerNumber, row: Int32Array): void {
    const slot = this.#slotOf(world, player);
    if (slot < 0) {
      const { id } = world.spawn(SHARED_INPUTS, { owner: player });
      this.writeAt(world, this.tableOf(world).find(id), row);
    } else this.writeAt(world, slot, row);
  }

  writeAt(world: World, slot: number, row: Int32Array): void {
    const { values, type } = this.tableOf(world);
    for (const column of type.columns) values[column.index][slot] = row[column.index] * column.grid;
  }

  remove(world: World, player: PlayerNumber): void {
    const slot = this.#slotOf(world, player);
    if (slot >= 0) this.tableOf(world).remove(slot);
  }

  #slotOf(world: World, player: PlayerNumber): number {
    const { order, count, owners, alive } = this.tableOf(world);
    for (let i = 0; i < count; i++) if (owners[order[i]] === player && alive[order[i]] === 1) return order[i];
    return -1;
  }
}
