import { type Column, confine } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import type { Rotation } from "../schema/record-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import { rankOfAudience } from "./level.ts";
import { MotionModel, difference, turn } from "./motion.ts";
import { isRotationNear, nearestShown } from "./lattice.ts";
import { SurpriseLog } from "./surprise-log.ts";

/** Ticks that a baseline may lie back. A power of two. */
export const HISTORY_TICKS = 64;

/** Entities to record, as slots of their table. */
export interface SlotList {
  readonly slots: Int32Array;
  readonly count: number;
}

/**
 * The last 64 ticks of a table as a group of clients gets to know them: at every tick an entity is where its motion takes it from
 * the tick before, bit for bit, unless that is further from the truth than the track allows; then it is put right, and that is a
 * surprise. So an entity in steady motion is predicted exactly from a baseline of any age, though clients may know it only to a
 * shown step.
 */
export class Track {
  /** Quantised columns; see `row`. */
  rows: Int32Array[];
  /** By rank: surprises in the fields that clients of the rank get. */
  readonly surprises: readonly SurpriseLog[];
  protected readonly table: Table;
  /** The expected state of the entity at hand. */
  protected readonly state: Int32Array;
  readonly #isShown: boolean;
  readonly #model: MotionModel;
  /** By column: the logs of the ranks that get it. */
  readonly #logs: readonly (readonly SurpriseLog[])[];
  /** By column: the rotation that it is a part of. */
  readonly #rotations: readonly (Rotation | undefined)[];
  /** Columns in the order they are settled; of a rotation only the first. */
  readonly #order: readonly Column[];
  readonly #isSparse: boolean;
  #capacity = 0;
  #tickStride = 0;
  #slotStride = 0;

  /** `isShown`: values may be off by half a shown step. `isSparse`: few of the table's entities are ever recorded. */
  constructor(table: Table, isShown: boolean, isSparse = false) {
    const { type } = table;
    this.table = table;
    this.#isShown = isShown;
    this.#isSparse = isSparse;
    this.#model = MotionModel.of(type);
    this.state = new Int32Array(type.columns.length);
    this.rows = type.columns.map(() => new Int32Array(0));
    const { surprises, byColumn } = surpriseLogs(type);
    this.surprises = surprises;
    this.#logs = byColumn;
    this.#rotations = type.columns.map(({ index }) =>
      type.rotations.find(({ first }) => index >= first && index < first + 4),
    );
    this.#order = type.sendOrder.map((index) => type.columns[index]).filter((column) => this.#leads(column));
  }

  /** Index into `rows` of an entity at a tick; only the last HISTORY_TICKS are there. */
  row(slot: number, tick: Tick): number {
    return (tick & (HISTORY_TICKS - 1)) * this.#tickStride + slot * this.#slotStride;
  }

  resize(capacity: number): void {
    const old = { rows: this.rows, capacity: this.#capacity, tick: this.#tickStride, slot: this.#slotStride };
    // Of few entities each has its ticks in a row, so that one line of the processor's cache holds many of them.
    this.#tickStride = this.#isSparse ? 1 : capacity;
    this.#slotStride = this.#isSparse ? HISTORY_TICKS : 1;
    this.rows = old.rows.map((column) => {
      const wide = new Int32Array(capacity * HISTORY_TICKS);
      for (let t = 0; t < HISTORY_TICKS; t++)
        for (let slot = 0; slot < old.capacity; slot++)
          wide[this.row(slot, t)] = column[t * old.tick + slot * old.slot];
      return wide;
    });
    for (const log of new Set(this.surprises)) log.resize(capacity);
    this.#capacity = capacity;
  }

  /** Takes the table's present state of the listed entities; all others rest as they were. */
  record(tick: Tick, list: SlotList): void {
    for (const log of this.surprises) log.begin(tick);
    this.recordColumns(tick, list);
  }

  protected recordColumns(tick: Tick, list: SlotList): void {
    if (this.#model.isDeclared) return this.#recordDeclared(tick, list);
    for (const column of this.#order) {
      const rotation = this.rotationOf(column);
      if (rotation !== undefined) this.#recordRotation(rotation, tick, list);
      else if (column.velocity >= 0) this.#recordMoving(column, tick, list);
      else this.#recordHeld(column, tick, list);
    }
  }

  /** An entity that was not there before: nothing is foretold of it. */
  start(slot: number, tick: Tick): void {
    for (const log of this.surprises) log.add(slot, tick);
    for (const column of this.table.type.columns) {
      const value = this.table.quantised[column.index][slot];
      this.rows[column.index][this.row(slot, tick)] = this.#right(column, value);
    }
  }

  /** Whether nothing of an entity has changed in the 64 ticks up to this one, nor is about to. */
  isAtRest(slot: number, tick: Tick): boolean {
    for (const log of this.surprises) if (tick - log.ticks[slot] <= HISTORY_TICKS) return false;
    const now = this.row(slot, tick);
    for (const column of this.rows)
      for (let t = 1; t < HISTORY_TICKS; t++)
        if (column[this.row(slot, tick - t)] !== column[now]) return false;
    return true;
  }

  #recordHeld(column: Column, tick: Tick, { slots, count }: SlotList): void {
    const values = this.table.quantised[column.index];
    const track = this.rows[column.index];
    const now = this.row(0, tick);
    const before = this.row(0, tick - 1);
    const tolerance = this.#tolerance(column);
    const { changedIn, changedInCount, highWater } = this.table;
    if (tolerance === 0 && count === highWater && !this.#isSparse) {
      // What did not change in the world is as it was on the track: one copy for all, and a look at the few that did.
      track.copyWithin(now, before, before + highWater);
      const changed = changedIn[column.index];
      for (let i = 0; i < changedInCount[column.index]; i++)
        if (values[changed[i]] !== track[now + changed[i]])
          this.#putRight(column, changed[i], tick, values[changed[i]]);
      return;
    }
    const stride = this.#slotStride;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      const value = values[slot];
      const expected = track[before + slot * stride];
      if (isWithin(column, expected, value, tolerance)) track[now + slot * stride] = expected;
      else this.#putRight(column, slot, tick, value);
    }
  }

  #recordMoving(column: Column, tick: Tick, { slots, count }: SlotList): void {
    const { stepsPerVelocity, lowest, highest } = column;
    const values = this.table.quantised[column.index];
    const track = this.rows[column.index];
    const speeds = this.rows[column.velocity];
    const now = this.row(0, tick);
    const before = this.row(0, tick - 1);
    const tolerance = this.#tolerance(column);
    const stride = this.#slotStride;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      const at = now + slot * stride;
      // Velocities are settled before what they move: a change of velocity that is told explains the place.
      let expected = track[before + slot * stride] + speeds[at] * stepsPerVelocity;
      if (expected < lowest || expected > highest) expected = confine(column, expected);
      const off = expected - values[slot];
      if (off > tolerance || off < -tolerance) this.#putRight(column, slot, tick, values[slot]);
      else track[at] = expected;
    }
  }

  #recordRotation(rotation: Rotation, tick: Tick, { slots, count }: SlotList): void {
    const { first, spin } = rotation;
    const { rows } = this;
    const state = this.state;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      const now = this.row(slot, tick);
      const before = this.row(slot, tick - 1);
      for (let part = first; part < first + 4; part++) state[part] = rows[part][before];
      if (spin >= 0) {
        const [x, y, z] = [rows[spin], rows[spin + 1], rows[spin + 2]];
        turn(this.table.type, state, rotation, x[now], y[now], z[now], 1);
      }
      this.#settleRotation(first, slot, tick);
    }
  }

  #recordDeclared(tick: Tick, { slots, count }: SlotList): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      this.foretell(slot, tick);
      for (const column of this.#order) {
        if (this.rotationOf(column) !== undefined) this.#settleRotation(column.index, slot, tick);
        else this.#settle(column, slot, tick);
      }
    }
  }

  /** Sets `state` to what an entity's state one tick before makes of it. */
  protected foretell(slot: number, tick: Tick): void {
    const before = this.row(slot, tick - 1);
    for (let c = 0; c < this.rows.length; c++) this.state[c] = this.rows[c][before];
    this.#model.advance(this.state, 1);
  }

  protected rotationOf(column: Column): Rotation | undefined {
    return this.#rotations[column.index];
  }

  /** Whether the expected value of a column is within so many grid steps of the truth. */
  protected isNear(column: Column, slot: number, tolerance: number): boolean {
    return isWithin(column, this.state[column.index], this.table.quantised[column.index][slot], tolerance);
  }

  /** Puts the expected value of a column right, which is a surprise. */
  protected takeTruth(column: Column, slot: number, tick: Tick): void {
    this.state[column.index] = this.#right(column, this.table.quantised[column.index][slot]);
    // Even where it is put back where it was: as long as that takes doing it is not at rest.
    for (const log of this.#logs[column.index]) log.add(slot, tick);
  }

  #settle(column: Column, slot: number, tick: Tick): void {
    const { index } = column;
    if (!this.isNear(column, slot, this.#tolerance(column))) this.takeTruth(column, slot, tick);
    this.rows[index][this.row(slot, tick)] = this.state[index];
  }

  #settleRotation(first: number, slot: number, tick: Tick): void {
    const { rows, state } = this;
    const { columns } = this.table.type;
    const now = this.row(slot, tick);
    const part = columns[first + 1];
    if (!isRotationNear(state, this.table.quantised, first, slot, part.highest, this.#tolerance(part)))
      for (let c = first; c < first + 4; c++) this.takeTruth(columns[c], slot, tick);
    for (let c = first; c < first + 4; c++) rows[c][now] = state[c];
  }

  #putRight(column: Column, slot: number, tick: Tick, value: number): void {
    this.rows[column.index][this.row(slot, tick)] = this.#right(column, value);
    for (const log of this.#logs[column.index]) log.add(slot, tick);
  }

  #right(column: Column, value: number): number {
    return this.#isShown ? nearestShown(column, value) : value;
  }

  #tolerance(column: Column): number {
    return this.#isShown ? column.shownSteps >> 1 : 0;
  }

  /** Whether a column is settled for itself, or for the rotation that it is the first of. */
  #leads(column: Column): boolean {
    const rotation = this.rotationOf(column);
    return rotation === undefined || rotation.first === column.index;
  }
}

function isWithin(column: Column, expected: number, value: number, tolerance: number): boolean {
  if (expected === value) return true;
  if (tolerance === 0) return false;
  const off = difference(column, value, expected);
  return off <= tolerance && off >= -tolerance;
}

/** One log for each rank that gets other fields than the rank before it; ranks that get the same share one. */
function surpriseLogs(type: EntityType): {
  surprises: SurpriseLog[];
  byColumn: SurpriseLog[][];
} {
  const surprises: SurpriseLog[] = [];
  for (let rank = 0; rank < 3; rank++) {
    const differs = type.columns.some(({ audience }) => rankOfAudience(audience) === rank);
    surprises.push(rank > 0 && !differs ? surprises[rank - 1] : new SurpriseLog(HISTORY_TICKS));
  }
  const byColumn = type.columns.map(({ audience }) => [
    ...new Set(surprises.slice(rankOfAudience(audience))),
  ]);
  return { surprises, byColumn };
}
