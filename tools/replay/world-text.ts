import type { World } from "@tidelock/shared";
import { fieldText } from "../inspect/field-value.ts";

/** The entities of a world, one a line, in order of type and id. */
export function worldText(world: World): string[] {
  const lines = [`tick ${world.tick}, hash ${world.hash().toString(16).padStart(8, "0")}`];
  for (const { type, order, count, ids, owners, quantised } of world.tables)
    for (let i = 0; i < count; i++) {
      const slot = order[i];
      const fields = type.columns.map(
        (column) => `${column.name}=${fieldText(type, column, quantised[column.index][slot])}`,
      );
      const owner = owners[slot] === 0 ? "" : ` of player ${owners[slot]}`;
      lines.push(`  ${type.name} ${ids[slot]}${owner}: ${fields.join(" ")}`);
    }
  return lines;
}
