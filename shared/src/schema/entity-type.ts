import type { TypeTables } from "./code-tables.ts";
import type { FieldMap, ValueOf } from "./field.ts";
import type { RecordType } from "./record-type.ts";

/** Which clients run the step for an entity: its owner, everyone, or nobody (all interpolate). */
export type PredictedBy = "owner" | "everyone" | "nobody";

export interface EntityOptions {
  /** Default: "owner". */
  readonly predicted?: PredictedBy;
}

export interface EntityDefinition<F extends FieldMap = FieldMap> {
  readonly fields: F;
  readonly predicted: PredictedBy;
}

export type EntityMap = Readonly<Record<string, EntityDefinition>>;

/** Declares a kind of entity by its fields. */
export function entity<const F extends FieldMap>(
  fields: F,
  options: EntityOptions = {},
): EntityDefinition<F> {
  return { fields, predicted: options.predicted ?? "owner" };
}

/** A compiled kind of entity. */
export interface EntityType extends RecordType {
  readonly index: number;
  readonly predicted: PredictedBy;
  readonly tables: TypeTables | undefined;
}

/** The fields of an entity as a game reads and writes them. */
export type FieldValues<F extends FieldMap> = { -readonly [K in keyof F]: ValueOf<F[K]> };
