import type { EntityType } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";
import { DETAIL_LEVELS, EXACT, OWNED, type DetailLevel } from "./level.ts";
import { predict } from "./motion.ts";
import { nearestShown } from "./residual.ts";
import type { Rows } from "./entity-codec.ts";

/** Ticks that a baseline may lie back. A power of two. */
export const HISTORY_TICKS = 64;

/**
 * The last 64 ticks of one table, shared by all clients, at both precisions.
 *
 * The shown track of a column follows its velocity exactly, tick by tick, and is put back on the lattice of shown steps only
 * when it would be off by more than half a step or the velocity changes. So an entity in steady motion is predicted to the
 * last bit from a baseline of any age, though clients know it only to a shown step.
 */
export class TableHistory {
  readonly table: Table;
  #capacity = 0;
  #exact: Int32Array[] = [];
  #shown: Int32Array[] = [];
  #surprises: Int32Array[] = [];
  /** The id that each slot held at the tick last recorded. */
  #ids = new Uint32Array(0);
  #recorded = new Int32Array(0);

  constructor(table: Table) {
    this.table = table;
    this.#resize();
  }

  get type(): EntityType {
    return this.table.type;
  }

  rows(level: DetailLevel): Rows {
    return (level & EXACT) !== 0 ? this.#exact : this.#shown;
  }

  /** Index into `rows` of an entity at a tick; only the last HISTORY_TICKS are there. */
  row(slot: number, tick: Tick): number {
    return (tick & (HISTORY_TICKS - 1)) * this.#capacity + slot;
  }

  /** The last tick at which the entity was not where its state one tick before said it would be. */
  surprisedAt(slot: number, level: DetailLevel): Tick {
    return this.#surprises[level][slot];
  }

  record(tick: Tick): void {
    const { table } = this;
    if (table.capacity !== this.#capacity) this.#resize();
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      const isNew = table.ids[slot] !== this.#ids[slot] || this.#recorded[slot] !== tick - 1;
      this.#ids[slot] = table.ids[slot];
      this.#recorded[slot] = tick;
      if (isNew) this.#begin(slot, tick);
      else this.#follow(slot, tick);
    }
  }

  #begin(slot: number, tick: Tick): void {
    const now = this.row(slot, tick);
    for (const column of this.type.columns) {
      const value = this.table.quantised[column.index][slot];
      this.#exact[column.index][now] = value;
      if (column.shownSteps > 1) this.#shown[column.index][now] = nearestShown(column, value);
    }
    for (const surprises of this.#surprises) surprises[slot] = tick;
  }

  #follow(slot: number, tick: Tick): void {
    const now = this.row(slot, tick);
    const before = this.row(slot, tick - 1);
    const { quantised } = this.table;
    for (const column of this.type.columns) {
      const { index, velocity, shownSteps } = column;
      const exact = this.#exact[index];
      const value = quantised[index][slot];
      exact[now] = value;
      let steady = true;
      let expected = exact[before];
      if (velocity >= 0) {
        const then = this.#exact[velocity][before];
        steady = quantised[velocity][slot] === then;
        expected = predict(column, expected, then, then, 1);
      }
      const owned = column.audience === "owner";
      if (value !== expected || !steady) this.#surprise(slot, tick, EXACT, owned);
      if (shownSteps === 1) {
        if (value !== expected || !steady) this.#surprise(slot, tick, 0, owned);
        continue;
      }
      const shown = this.#shown[index];
      const then = velocity < 0 ? 0 : this.#exact[velocity][before];
      const track = velocity < 0 ? shown[before] : predict(column, shown[before], then, then, 1);
      if (steady && Math.abs(track - value) * 2 <= shownSteps) shown[now] = track;
      else {
        shown[now] = nearestShown(column, value);
        this.#surprise(slot, tick, 0, owned);
      }
    }
  }

  /** Marks the levels that see a change of this precision and audience. */
  #surprise(slot: number, tick: Tick, precision: number, owned: boolean): void {
    this.#surprises[precision | OWNED][slot] = tick;
    if (!owned) this.#surprises[precision][slot] = tick;
  }

  #resize(): void {
    const { capacity, type } = this.table;
    const old = this.#capacity;
    const widen = (column: Int32Array | undefined): Int32Array => {
      const wide = new Int32Array(capacity * HISTORY_TICKS);
      if (column !== undefined)
        for (let t = 0; t < HISTORY_TICKS; t++)
          wide.set(column.subarray(t * old, (t + 1) * old), t * capacity);
      return wide;
    };
    this.#exact = type.columns.map((column) => widen(this.#exact[column.index]));
    this.#shown = type.columns.map((column) =>
      column.shownSteps > 1 ? widen(this.#shown[column.index]) : this.#exact[column.index],
    );
    const longer = <T extends Int32Array | Uint32Array>(from: T | undefined, to: T): T => {
      if (from !== undefined) to.set(from);
      return to;
    };
    this.#surprises = Array.from({ length: DETAIL_LEVELS }, (_, level) =>
      longer(this.#surprises[level], new Int32Array(capacity)),
    );
    this.#ids = longer(this.#ids, new Uint32Array(capacity));
    this.#recorded = longer(this.#recorded, new Int32Array(capacity).fill(-2));
    this.#capacity = capacity;
  }
}

/** The recent past of a room's world, recorded once per tick and read by every client's encoder. */
export class WorldHistory {
  readonly tables: readonly TableHistory[];
  tick: Tick = -1;

  constructor(world: World) {
    this.tables = world.tables.map((table) => new TableHistory(table));
  }

  /** Takes the world's present state; call once after every step. */
  record(tick: Tick): void {
    this.tick = tick;
    for (const table of this.tables) table.record(tick);
  }
}
