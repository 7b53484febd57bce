import { maskGroups, maskTableFault } from "../bits/mask-table.ts";
import { codeFault } from "../bits/prefix-code.ts";
import { bucketCount } from "../bits/residual-buckets.ts";
import { TidelockError } from "../errors/tidelock-error.ts";
import type { TypeTables } from "../schema/code-tables.ts";
import { bitsFor, type Column } from "../schema/column.ts";
import type { RecordType } from "../schema/record-type.ts";

/** The form of `CodeTables` that this version of the SDK reads. */
export const TABLES_VERSION = 1;

/**
 * Static entropy codes of a game: plain data, as `npm run train` makes it from recorded runs and as JSON holds it. What a game has
 * no table for is sent with the built-in codes.
 */
export interface CodeTables {
  /** TABLES_VERSION of the trainer. */
  readonly version: number;
  /** By name of the entity type. */
  readonly types: Readonly<Record<string, TypeTables>>;
}

/** Throws `schema/bad-tables` unless the tables fit the types of the game of that name. */
export function checkTables(game: string, tables: CodeTables, types: readonly RecordType[]): void {
  if (tables.version !== TABLES_VERSION)
    throw badTables(
      game,
      `have version ${tables.version}, and this version of Tidelock reads ${TABLES_VERSION}`,
    );
  if (!isRecord(tables.types)) throw badTables(game, "have no types");
  for (const [name, trained] of Object.entries(tables.types)) {
    const type = types.find((type) => type.name === name);
    if (type === undefined)
      throw badTables(
        game,
        `are for an entity type "${name}"; the game has ${types.map(({ name }) => name).join(", ")}`,
      );
    if (!isShaped(trained))
      throw badTables(
        game,
        `for ${name} are not of the form { masks: [{ masks, escape }], fields: { name: lengths } }`,
      );
    checkMasks(game, type, trained);
    checkFields(game, type, trained);
  }
}

/** Tables come from a file that someone may have edited. */
function isShaped({ masks, fields }: TypeTables): boolean {
  const isList = (value: unknown) => Array.isArray(value);
  return (
    (masks === undefined ||
      (isList(masks) && masks.every((table) => isList(table?.masks) && table.masks.every(isList)))) &&
    isRecord(fields) &&
    Object.values(fields).every(isList)
  );
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function checkMasks(game: string, type: RecordType, { masks }: TypeTables): void {
  if (masks === undefined) return;
  const groups = maskGroups(type.columns.length);
  if (masks.length !== groups.length)
    throw badTables(
      game,
      `have ${masks.length} tables of masks for ${type.name}, whose ${type.columns.length} columns need ${groups.length}`,
    );
  for (const [group, columns] of groups.entries()) {
    const fault = maskTableFault(masks[group], columns);
    if (fault !== undefined) throw badTables(game, `for ${type.name}: the table of masks ${fault}`);
  }
}

function checkFields(game: string, type: RecordType, { fields }: TypeTables): void {
  const known = tableFields(type);
  for (const [field, lengths] of Object.entries(fields)) {
    const buckets = known.get(field);
    if (buckets === undefined)
      throw badTables(
        game,
        `are for a field ${type.name}.${field}; possible are ${[...known.keys()].join(", ")}`,
      );
    if (lengths.length !== buckets)
      throw badTables(
        game,
        `have ${lengths.length} buckets for ${type.name}.${field}, which has ${buckets} in its range`,
      );
    const fault = codeFault(lengths);
    if (fault !== undefined) throw badTables(game, `for ${type.name}.${field}: the code ${fault}`);
  }
}

/** Every key that the fields of a type's tables can have, with the number of its buckets. */
export function tableFields(type: RecordType): Map<string, number> {
  const fields = new Map<string, number>();
  for (const column of type.columns) {
    fields.set(column.name, bucketCount(column.bits));
    if (column.shownSteps > 1) fields.set(`${column.name}@shown`, bucketCount(shownWidth(column)));
  }
  return fields;
}

/** Width of differences in shown steps; 0 is among them, which takes one number more. */
function shownWidth({ lowest, highest, shownSteps }: Column): number {
  return bitsFor(Math.floor(highest / shownSteps) - Math.ceil(lowest / shownSteps)) + 1;
}

function badTables(game: string, fault: string): TidelockError {
  return new TidelockError(
    "schema/bad-tables",
    `the code tables of game "${game}" ${fault}; train them anew for the game as it is, or leave them out`,
  );
}
