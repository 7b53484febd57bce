import type { BitReader } from "../bits/bit-reader.ts";
import type { BitWriter } from "../bits/bit-writer.ts";
import { type MaskTable, maskGroups, maskLengths, maskTableFault } from "../bits/mask-table.ts";
import { PrefixCode } from "../bits/prefix-code.ts";
import { TidelockError } from "../errors/tidelock-error.ts";
import type { EntityType } from "../schema/entity-type.ts";
import { usualMasks } from "./usual-masks.ts";

const PLAIN: MaskTable = { masks: [], escape: 0 };

/**
 * Writes which columns of an entity differ from what was predicted: bit `i` of a mask is column `first + i` in send order.
 * Frequent masks have short codes, the others follow an escape.
 */
export class ChangeMask {
  /** Place of its first column in the type's send order. */
  readonly first: number;
  /** Columns it covers, 0 to 24. */
  readonly columns: number;
  readonly #code: PrefixCode | undefined;
  readonly #masks: readonly number[];
  readonly #symbols: ReadonlyMap<number, number>;

  /** Throws `snapshot/bad-code` on a table that does not fit the columns. Without a table masks are written plainly. */
  constructor(columns: number, table: MaskTable = PLAIN, first = 0) {
    const fault = maskTableFault(table, columns);
    if (fault !== undefined)
      throw new TidelockError("snapshot/bad-code", `the table of masks ${fault}; train it anew`);
    this.first = first;
    this.columns = columns;
    this.#masks = table.masks.map(([mask]) => mask);
    this.#symbols = new Map(this.#masks.map((mask, symbol) => [mask, symbol]));
    this.#code = table.masks.length === 0 ? undefined : new PrefixCode(maskLengths(table));
  }

  write(writer: BitWriter, mask: number): void {
    const symbol = this.#symbols.get(mask);
    if (symbol !== undefined) return this.#code?.write(writer, symbol);
    this.#code?.write(writer, this.#masks.length);
    writer.write(mask, this.columns);
  }

  /** Reads a mask; whatever the bits, a whole number below 2^columns. */
  read(reader: BitReader): number {
    const symbol = this.#code === undefined ? 0 : this.#code.read(reader);
    return symbol < this.#masks.length ? this.#masks[symbol] : reader.read(this.columns);
  }

  /** Bits that `write` takes for a mask. */
  cost(mask: number): number {
    const symbol = this.#symbols.get(mask);
    if (symbol !== undefined) return this.#code?.cost(symbol) ?? 0;
    return (this.#code?.cost(this.#masks.length) ?? 0) + this.columns;
  }
}

/** The masks of an entity type in the order they are sent, with a trained table for each or what is usual for such types. */
export function changeMasks(type: EntityType, tables: readonly MaskTable[] = usualMasks(type)): ChangeMask[] {
  let first = 0;
  return maskGroups(type.sendOrder.length).map((columns, group) => {
    const mask = new ChangeMask(columns, tables[group], first);
    first += columns;
    return mask;
  });
}
