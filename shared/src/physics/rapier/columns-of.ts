import { TidelockError } from "../../errors/tidelock-error.ts";
import type { EntityType } from "../../schema/entity-type.ts";

/** The first columns of fields by name. Throws when one is missing, naming those that a body needs. */
export function columnsOf(type: EntityType, names: readonly string[], helper: string): number[] {
  const fields = names.map((name) => type.properties.find((property) => property.name === name));
  const missing = names.filter((_, i) => fields[i] === undefined);
  if (missing.length > 0)
    throw new TidelockError(
      "schema/no-body-fields",
      `entity "${type.name}" has a body but no ${missing.join(", ")}; declare its fields with ...${helper}({ ... }), or ${names.join(", ")} one by one`,
    );
  return fields.map((field) => field?.first ?? -1);
}
