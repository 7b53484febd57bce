import type { FieldValues } from "../schema/entity-type.ts";
import { confine, quantise } from "../schema/column.ts";
import type { FieldMap } from "../schema/field.ts";
import { compileRecord, type Property, type RecordType } from "../schema/record-type.ts";
import { TidelockError } from "../errors/tidelock-error.ts";

/** What a player does in one tick, declared by fields such as `axis()`, `angle()` and `button()`. */
export interface InputDefinition<F extends FieldMap = FieldMap> {
  readonly fields: F;
}

/** Declares the input of a game. */
export function input<const F extends FieldMap>(fields: F): InputDefinition<F> {
  return { fields };
}

/** The compiled input of a game: turns what the game wrote into a quantised row and back. */
export class InputType {
  readonly record: RecordType;

  constructor(definition: InputDefinition, tickRate: number) {
    this.record = compileRecord("input", definition.fields, tickRate);
    const odd = this.record.properties.find((property) => property.shape !== "scalar");
    if (odd !== undefined)
      throw new TidelockError(
        "input/not-scalar",
        `input.${odd.name} is a ${odd.shape}; an input takes scalars: use one field per component`,
      );
  }

  /** Scalars per row. */
  get width(): number {
    return this.record.columns.length;
  }

  /** A fresh object with every field at rest. */
  neutral(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    this.read(this.neutralRow(), values);
    return values;
  }

  neutralRow(): Int32Array {
    return Int32Array.from(this.record.columns, (column) => column.initial);
  }

  /** Quantises `values` into `row`. Missing or senseless values count as at rest: a game's input never breaks its loop. */
  write(values: Readonly<Record<string, unknown>>, row: Int32Array): void {
    for (const property of this.record.properties) {
      const column = this.record.columns[property.first];
      const q = quantise(column, numberFrom(property, values[property.name]));
      row[property.first] = q === q ? q : column.initial;
    }
  }

  /** Sets the fields of `values` from a row. */
  read(row: Int32Array, values: Record<string, unknown>): void {
    for (const property of this.record.properties) {
      const column = this.record.columns[property.first];
      const q = row[property.first];
      if (property.reading.as === "boolean") values[property.name] = q !== 0;
      else if (property.reading.as === "name") values[property.name] = property.reading.names[q];
      else values[property.name] = q * column.grid;
    }
  }

  /** Brings every value of a row that a peer sent into its range. */
  confine(row: Int32Array): void {
    for (const column of this.record.columns) row[column.index] = confine(column, row[column.index]);
  }
}

function numberFrom({ reading }: Property, value: unknown): number {
  if (reading.as === "boolean") return value ? 1 : 0;
  if (reading.as === "name") return typeof value === "string" ? reading.names.indexOf(value) : Number.NaN;
  return typeof value === "number" ? value : Number.NaN;
}

/** The input of a game as its step reads it. */
export type InputValues<F extends FieldMap> = Readonly<FieldValues<F>>;
