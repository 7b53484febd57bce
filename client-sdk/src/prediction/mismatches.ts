import { columnValue, type Difference, isExact, isSent, type World } from "@tidelock/shared";
import type { Replica } from "../snapshot/replica.ts";
import type { Truth } from "./truth.ts";

/** In what a predicted world and the truth of its tick differ, as far as this client's own entities go: predicted values first. */
export function mismatches(world: World, truth: Truth): Difference[] {
  const own = truth.updated.filter(({ level, owner }) => isExact(level) && owner === truth.player);
  const found = own.flatMap((replica) => ofEntity(world, replica, replica.row(truth.tick)));
  return truth.allOwned ? found.concat(neverSpawned(world, truth)) : found;
}

function ofEntity(world: World, { type, id, level, rows }: Replica, row: number): Difference[] {
  const table = world.tables[type.index];
  const slot = table.find(id);
  const entity = { kind: "field", type: type.name, id } as const;
  if (slot < 0) return [{ ...entity, field: "alive", values: [false, true] }];
  return type.columns
    .filter((column) => isSent(column, level))
    .flatMap(({ index, name }) => {
      const [mine, servers] = [table.quantised[index][slot], rows[index][row]];
      if (mine === servers) return [];
      const values = [columnValue(type, index, mine), columnValue(type, index, servers)] as const;
      return [{ ...entity, field: name, values }];
    });
}

/** Own entities that were predicted, and of which the server knows nothing. */
function neverSpawned(world: World, truth: Truth): Difference[] {
  const found: Difference[] = [];
  for (const { type, order, count, ids, owners } of world.tables)
    for (let i = 0; i < count; i++) {
      const id = ids[order[i]];
      if (owners[order[i]] === truth.player && truth.find(id)?.has(truth.tick) !== true)
        found.push({ kind: "field", type: type.name, id, field: "alive", values: [true, false] });
    }
  return found;
}
