import { type Column, confine } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";
import { DETAIL_LEVELS, EXACT, OWNED, type DetailLevel } from "./level.ts";
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
  /** Tick at which an entity last appeared in the table, or -1. */
  newestArrival: Tick = -1;
  #capacity = 0;
  #exact: Int32Array[] = [];
  #shown: Int32Array[] = [];
  #surprises: Int32Array[] = [];
  /** The id that each slot held at the tick last recorded. */
  #ids = new Uint32Array(0);
  /** Which change of the table last found the slot's entity there. */
  #presentAt = new Int32Array(0);
  #settled = 0;
  #version = -1;
  #tick = -2;

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

  /** Ticks of the last surprise by slot, for one level; see `surprisedAt`. A new array when the table has grown. */
  surprises(level: DetailLevel): Int32Array {
    return this.#surprises[level];
  }

  record(tick: Tick): void {
    const { table } = this;
    if (table.capacity !== this.#capacity) this.#resize();
    for (const column of this.type.columns) {
      this.#recordExact(column, tick);
      if (column.shownSteps > 1) this.#recordShown(column, tick);
    }
    if (table.version !== this.#version) this.#settleArrivals(tick);
    else if (tick !== this.#tick + 1) this.#beginAnew(tick);
    this.#version = table.version;
    this.#tick = tick;
  }

  /** Copies a column and marks what its state one tick before did not foretell. Slots that hold nobody do no harm. */
  #recordExact(column: Column, tick: Tick): void {
    const { quantised, highWater } = this.table;
    const { index, velocity } = column;
    const values = quantised[index];
    const track = this.#exact[index];
    const now = this.row(0, tick);
    const before = this.row(0, tick - 1);
    const all = column.shownSteps === 1;
    if (velocity < 0) {
      for (let slot = 0; slot < highWater; slot++) {
        const value = values[slot];
        track[now + slot] = value;
        if (value !== track[before + slot]) this.#surprise(column, slot, tick, all);
      }
      return;
    }
    const { stepsPerVelocity, lowest, highest } = column;
    const speeds = this.#exact[velocity];
    const speedsNow = quantised[velocity];
    for (let slot = 0; slot < highWater; slot++) {
      const value = values[slot];
      const then = speeds[before + slot];
      track[now + slot] = value;
      // `predict` over one tick with an unchanged velocity, written out: this runs for every entity and tick.
      let expected = track[before + slot] + then * stepsPerVelocity;
      if (expected < lowest || expected > highest) expected = confine(column, expected);
      if (value !== expected || then !== speedsNow[slot]) this.#surprise(column, slot, tick, all);
    }
  }

  #recordShown(column: Column, tick: Tick): void {
    const { quantised, highWater } = this.table;
    const { index, velocity, shownSteps, stepsPerVelocity, lowest, highest } = column;
    const values = quantised[index];
    const track = this.#shown[index];
    const now = this.row(0, tick);
    const before = this.row(0, tick - 1);
    // A column without a velocity stands in for its own with no steps to move by.
    const speeds = velocity < 0 ? track : this.#exact[velocity];
    const speedsNow = velocity < 0 ? undefined : quantised[velocity];
    const half = shownSteps >> 1;
    for (let slot = 0; slot < highWater; slot++) {
      const value = values[slot];
      const then = speeds[before + slot];
      let expected = track[before + slot] + then * stepsPerVelocity;
      if (expected < lowest || expected > highest) expected = confine(column, expected);
      const off = expected - value;
      if (off <= half && off >= -half && (speedsNow === undefined || speedsNow[slot] === then)) {
        track[now + slot] = expected;
        continue;
      }
      track[now + slot] = nearestShown(column, value);
      this.#surprises[OWNED][slot] = tick;
      if (column.audience === "everyone") this.#surprises[0][slot] = tick;
    }
  }

  /** Finds who has just appeared: what the columns made of their slots' past does not count. */
  #settleArrivals(tick: Tick): void {
    const { table } = this;
    const unbroken = tick === this.#tick + 1;
    const last = this.#settled++;
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      // In the table at the last change means there all the time since.
      const stayed = unbroken && table.ids[slot] === this.#ids[slot] && this.#presentAt[slot] === last;
      if (!stayed) this.#begin(slot, tick);
      this.#presentAt[slot] = last + 1;
    }
  }

  /** Nothing is foretold by a tick that was not recorded. */
  #beginAnew(tick: Tick): void {
    for (let i = 0; i < this.table.count; i++) this.#begin(this.table.order[i], tick);
  }

  #begin(slot: number, tick: Tick): void {
    this.#ids[slot] = this.table.ids[slot];
    this.newestArrival = tick;
    for (const surprises of this.#surprises) surprises[slot] = tick;
    for (const column of this.type.columns) {
      if (column.shownSteps > 1)
        this.#shown[column.index][this.row(slot, tick)] = nearestShown(
          column,
          this.table.quantised[column.index][slot],
        );
    }
  }

  /** Marks the levels that see a column on the state grid, or all of them when it has no coarser step. */
  #surprise(column: Column, slot: number, tick: Tick, all: boolean): void {
    const surprises = this.#surprises;
    surprises[EXACT | OWNED][slot] = tick;
    if (all) surprises[OWNED][slot] = tick;
    if (column.audience === "owner") return;
    surprises[EXACT][slot] = tick;
    if (all) surprises[0][slot] = tick;
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
    this.#presentAt = longer(this.#presentAt, new Int32Array(capacity).fill(-1));
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
