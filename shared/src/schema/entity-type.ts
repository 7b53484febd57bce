import { TidelockError } from "../errors/tidelock-error.ts";
import type { TypeTables } from "./code-tables.ts";
import type { FieldMap, ValueOf } from "./field.ts";
import type { RecordType } from "./record-type.ts";

/** Which clients run the step for an entity: its owner, everyone, or nobody (all interpolate). */
export type PredictedBy = "owner" | "everyone" | "nobody";

export interface EntityOptions<F extends FieldMap = FieldMap> {
  /** Default: "owner". */
  readonly predicted?: PredictedBy;
  /**
   * How an entity moves that nothing happens to: advances its fields by one tick of `dt` seconds. What does as it says costs
   * (almost) nothing to send; anything else is sent, so it need not be right, only often right. Call the same function in the
   * step. Must depend on nothing but the fields and constants, and reads fields for some only (`teamOnly`, `ownerOnly`) as new.
   * Default: positions move by their velocities and rotations turn by their angular velocities.
   */
  motion?(self: FieldValues<F>, dt: number): void;
  /** For clients far away, as the interest policy tells: see FarDetail. Left out: they get what others get. */
  readonly far?: FarDetail;
  /** Weight among entities that compete for a packet's room. Default: 1. */
  readonly priority?: number;
  /**
   * Names a field that the step changes whenever the entity is put somewhere instead of moving there: a counter, such as
   * `warps: uint({ max: 15 })`. Between two states in which it differs nothing glides, is guessed on or smoothed over: the entity
   * is gone there and is here. Everybody must get the field. Left out: what moved further than its velocity allows was teleported.
   */
  readonly teleport?: keyof F & string;
}

/** What a client gets of an entity that is far away. */
export interface FarDetail {
  /** Looked at only every so many ticks, 1 to 16. */
  readonly every: number;
  /** Shown steps that it may be off by before anything is sent, times half: 1 is as precise as nearby. */
  readonly coarser: number;
}

export interface EntityDefinition<F extends FieldMap = FieldMap> {
  readonly fields: F;
  readonly predicted: PredictedBy;
  readonly priority?: number;
  readonly motion?: Motion;
  readonly far?: FarDetail;
  readonly teleport?: string;
}

export type EntityMap = Readonly<Record<string, EntityDefinition>>;

/** Declares a kind of entity by its fields. */
export function entity<const F extends FieldMap>(
  fields: F,
  options: EntityOptions<F> = {},
): EntityDefinition<F> {
  const { motion, far, priority = 1, predicted = "owner", teleport } = options;
  if (!(priority > 0))
    throw new TidelockError(
      "schema/bad-priority",
      `entity(): priority is ${priority}; give a weight above 0`,
    );
  if (far !== undefined && !(isWithin(far.every, 1, 16) && isWithin(far.coarser, 1, 1024)))
    throw new TidelockError(
      "schema/bad-far-detail",
      `entity(): far is { every: ${far.every}, coarser: ${far.coarser} }; every must be a whole number from 1 to 16, coarser one from 1 to 1024`,
    );
  return {
    fields,
    predicted,
    priority,
    ...(motion && { motion: motion as Motion }),
    ...(far && { far }),
    ...(teleport !== undefined && { teleport }),
  };
}

/** A declared motion as the compiled type holds it: of whatever fields. */
export type Motion = (self: object, dt: number) => void;

/** A compiled kind of entity. */
export interface EntityType extends RecordType {
  readonly index: number;
  readonly predicted: PredictedBy;
  readonly priority: number;
  /** Seconds per tick. */
  readonly dt: number;
  readonly motion: Motion | undefined;
  readonly far: FarDetail | undefined;
  readonly tables: TypeTables | undefined;
  /** The column that counts teleports, if the game declares one. */
  readonly teleport: number | undefined;
}

/**
 * The column of the field that counts teleports.
 * @throws TidelockError `schema/bad-teleport` when there is no such field, or it is no counter that everybody gets.
 */
export function teleportColumn(
  { name, properties, columns }: RecordType,
  field?: string,
): number | undefined {
  if (field === undefined) return undefined;
  const property = properties.find((each) => each.name === field);
  const audience = property && columns[property.first].audience;
  if (property?.kind !== "uint" || audience !== "everyone")
    throw new TidelockError(
      "schema/bad-teleport",
      `entity "${name}": teleport is "${field}", which is ${property === undefined ? "none of its fields" : `a ${property.kind} that goes to ${audience}`}; name a uint that goes to everyone`,
    );
  return property.first;
}

function isWithin(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}

/** The fields of an entity as a game reads and writes them. */
export type FieldValues<F extends FieldMap> = { -readonly [K in keyof F]: ValueOf<F[K]> };
