import type { Column, World } from "@tidelock/shared";
import type { Picture } from "../peers/picture.ts";
import type { Sight } from "./nearest.ts";

/** Fields of this name, or components of it, serve prediction: a peer without it has no use for them. */
const FOR_PREDICTION = /velocity/i;

/** Everything of a world with one kind of entity that never changes in number, at the shown step. */
export function worldPicture({ tables: [table] }: World): Picture {
  const columns = table.type.columns.filter(({ name }) => !FOR_PREDICTION.test(name));
  return {
    fields: columns.map((column) => ({
      // nengi takes a dot for a way into an object.
      name: column.name.replace(".", "_"),
      bits: Math.ceil(Math.log2(shown(column, column.highest) + 1)),
    })),
    count: table.count,
    value(entity, field) {
      const column = columns[field];
      return shown(column, table.quantised[column.index][table.order[entity]]);
    },
  };
}

/** What everybody sees who always sees everything. */
export function seesEverything({ tables: [{ count }] }: World): Sight {
  return { visible: Int32Array.from({ length: count }, (_, entity) => entity), entered: [], left: [] };
}

/** A value as shown steps above the lowest. */
function shown({ lowest, shownSteps }: Column, quantised: number): number {
  return Math.round((quantised - lowest) / shownSteps);
}
