import { type ColumnValue, columnValue } from "../schema/column-value.ts";
import type { EntityId } from "./entity-id.ts";
import type { Table } from "./table.ts";
import type { World } from "./world.ts";

/** One thing in which two worlds of a game differ. */
export type Difference =
  | {
      readonly kind: "field";
      readonly type: string;
      readonly id: EntityId;
      /** Name of the column (`x`, `position.y`), `owner`, or `alive` when only one of the worlds has the entity. */
      readonly field: string;
      readonly values: readonly [ColumnValue, ColumnValue];
    }
  /** The state beside the tables: its hashes are all that is known of it. */
  | { readonly kind: "module"; readonly name: string; readonly values: readonly [number, number] };

/** The first difference in order of table, id and column, modules last; undefined when both have the same hash but for the tick. */
export function firstDifference(a: World, b: World): Difference | undefined {
  for (const difference of differences(a, b)) return difference;
  return undefined;
}

/** Everything in which two worlds of a game differ, in order of table, id and column; modules last. */
export function* differences(a: World, b: World): Iterable<Difference> {
  for (let i = 0; i < a.tables.length; i++) yield* ofTables(a.tables[i], b.tables[i]);
  for (const module of a.modules) {
    const values = [module.of(a).hash() >>> 0, module.of(b).hash() >>> 0] as const;
    if (values[0] !== values[1]) yield { kind: "module", name: module.name, values };
  }
}

function* ofTables(a: Table, b: Table): Iterable<Difference> {
  const { type } = a;
  let [i, j] = [0, 0];
  while (i < a.count || j < b.count) {
    const [slotA, slotB] = [a.order[i], b.order[j]];
    const idA = i < a.count ? a.ids[slotA] : Infinity;
    const idB = j < b.count ? b.ids[slotB] : Infinity;
    if (idA <= idB) i++;
    if (idB <= idA) j++;
    const found = { kind: "field", type: type.name, id: Math.min(idA, idB) } as const;
    if (idA !== idB) {
      yield { ...found, field: "alive", values: [idA < idB, idB < idA] };
      continue;
    }
    if (a.owners[slotA] !== b.owners[slotB])
      yield { ...found, field: "owner", values: [a.owners[slotA], b.owners[slotB]] };
    for (const { index, name } of type.columns) {
      const [qA, qB] = [a.quantised[index][slotA], b.quantised[index][slotB]];
      if (qA === qB) continue;
      const values = [columnValue(type, index, qA), columnValue(type, index, qB)] as const;
      yield { ...found, field: name, values };
    }
  }
}
