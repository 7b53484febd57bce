import type { Column, EntityType, World } from "@tidelock/shared";
import type { Picture } from "../peers/picture.ts";
import type { Sight } from "./nearest.ts";

/** Everything of a world with one kind of entity that never changes in number, at the shown step. */
export function worldPicture({ tables: [table] }: World): Picture {
  const columns = shownColumns(table.type);
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

/** All but the velocities, linear and angular: they serve prediction, and a peer without it has no use for them. */
function shownColumns({ columns, rotations }: EntityType): Column[] {
  const velocities = new Set(columns.map(({ velocity }) => velocity));
  for (const { spin } of rotations) if (spin >= 0) for (const axis of [0, 1, 2]) velocities.add(spin + axis);
  return columns.filter(({ index }) => !velocities.has(index));
}

/** What everybody sees who always sees everything. */
export function seesEverything({ tables: [{ count }] }: World): Sight {
  return { visible: Int32Array.from({ length: count }, (_, entity) => entity), entered: [], left: [] };
}

/** A value as shown steps above the lowest. */
function shown({ lowest, shownSteps }: Column, quantised: number): number {
  return Math.round((quantised - lowest) / shownSteps);
}
