import { type Column, confine } from "../schema/column.ts";
import type { EntityType } from "../schema/entity-type.ts";
import type { Rotation } from "../schema/record-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import { rankOfAudience } from "./level.ts";
import { MotionModel, difference, turn } from "./motion.ts";
import { Keyframes } from "./keyframes.ts";
import { isRotationNear, nearestShown } from "./lattice.ts";
import { SurpriseLog } from "./surprise-log.ts";

/** Ticks that a baseline may lie back. A power of two. */
export const HISTORY_TICKS = 64;

/** Where states are worked out from older ones: how old these may be, in ticks, so that numbers stay far from what is exact. */
const LONGEST_FORETOLD_TICKS = 1024;

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
  /** By rank: surprises in the fields that clients of the rank get. */
  readonly surprises: readonly SurpriseLog[];
  protected readonly table: Table;
  /** The expected state of the entity at hand. */
  protected readonly state: Int32Array;
  /** By column and slot: where the entity is on the track now. */
  protected current: Int32Array[];
  readonly #keyframes: Keyframes;
  /**
   * Whether a state of long ago says by a formula where its entity is. Then what is kept of the past is the surprises, and what
   * holds still costs nothing; else every tick is kept.
   */
  readonly #isForetold: boolean;
  readonly #isShown: boolean;
  readonly #model: MotionModel;
  /** By column: the logs of the ranks that get it. */
  readonly #logs: readonly (readonly SurpriseLog[])[];
  /** By column: the rotation that it is a part of. */
  readonly #rotations: readonly (Rotation | undefined)[];
  /** Columns in the order they are settled; of a rotation only the first. */
  readonly #order: readonly Column[];
  readonly #isOwnedOnly: boolean;

  /** `isShown`: values may be off by half a shown step. `isOwnedOnly`: only entities with an owner are recorded. */
  constructor(table: Table, isShown: boolean, isOwnedOnly = false) {
    const { type } = table;
    this.table = table;
    this.#isShown = isShown;
    this.#isOwnedOnly = isOwnedOnly;
    this.#model = MotionModel.of(type);
    this.state = new Int32Array(type.columns.length);
    this.current = type.columns.map(() => new Int32Array(0));
    this.#isForetold = !this.#model.isDeclared && type.rotations.every(({ spin }) => spin < 0);
    this.#keyframes = new Keyframes(type.columns.length, HISTORY_TICKS, this.#isForetold || isOwnedOnly);
    const { surprises, byColumn } = surpriseLogs(type);
    this.surprises = surprises;
    this.#logs = byColumn;
    this.#rotations = type.columns.map(({ index }) =>
      type.rotations.find(({ first }) => index >= first && index < first + 4),
    );
    this.#order = type.sendOrder.map((index) => type.columns[index]).filter((column) => this.#leads(column));
  }

  /** Loads the state of an entity at a tick, one of the last HISTORY_TICKS. */
  load(slot: number, tick: Tick, state: Int32Array): void {
    const found = this.#keyframes.load(slot, tick, state);
    if (this.#isForetold) this.#model.advance(state, tick - found);
  }

  resize(capacity: number): void {
    this.current = this.current.map((column) => {
      const longer = new Int32Array(capacity);
      longer.set(column);
      return longer;
    });
    this.#keyframes.resize(capacity);
    for (const log of new Set(this.surprises)) log.resize(capacity);
  }

  /** Whether a track is asked for an entity. */
  follows(slot: number): boolean {
    return !this.#isOwnedOnly || this.table.owners[slot] !== 0;
  }

  /** Takes the table's present state of the listed entities; all others rest as they were. */
  record(tick: Tick, list: SlotList): void {
    for (const log of this.surprises) log.begin(tick);
    this.recordColumns(tick, list);
    if (this.#isForetold) this.#keepSurprises(tick);
    else for (let i = 0; i < list.count; i++) this.#keyframes.add(list.slots[i], tick, this.current);
  }

  #keepSurprises(tick: Tick): void {
    // Whoever gets all fields hears of all surprises.
    const log = this.surprises[this.surprises.length - 1];
    const { slots, end } = log;
    for (let p = log.since(tick); p < end; p++)
      this.#keyframes.add(slots[p & (slots.length - 1)], tick, this.current);
    const { highWater } = this.table;
    for (let slot = tick & (LONGEST_FORETOLD_TICKS - 1); slot < highWater; slot += LONGEST_FORETOLD_TICKS)
      if (log.ticks[slot] !== tick) this.#keyframes.add(slot, tick, this.current);
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
      this.current[column.index][slot] = this.#right(column, value);
    }
    this.#keyframes.add(slot, tick, this.current);
  }

  /** Whether nothing of an entity has changed in the 64 ticks up to this one, nor is about to. */
  isAtRest(slot: number, tick: Tick): boolean {
    for (const log of this.surprises) if (tick - log.ticks[slot] <= HISTORY_TICKS) return false;
    const { state, current } = this;
    for (let t = 1; t < HISTORY_TICKS; t++) {
      this.load(slot, tick - t, state);
      for (let c = 0; c < current.length; c++) if (state[c] !== current[c][slot]) return false;
    }
    return true;
  }

  #recordHeld(column: Column, tick: Tick, list: SlotList): void {
    const values = this.table.quantised[column.index];
    const track = this.current[column.index];
    const tolerance = this.#tolerance(column);
    // What did not change in the world is as near to the track as it was.
    const changed = this.table.changedIn[column.index];
    const changes = this.table.changedInCount[column.index];
    const looksAtAll = list.count < changes;
    const slots = looksAtAll ? list.slots : changed;
    const count = looksAtAll ? list.count : changes;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      if (this.follows(slot) && !isWithin(column, track[slot], values[slot], tolerance))
        this.#putRight(column, slot, tick);
    }
  }

  #recordMoving(column: Column, tick: Tick, { slots, count }: SlotList): void {
    const { stepsPerVelocity, lowest, highest } = column;
    const values = this.table.quantised[column.index];
    const track = this.current[column.index];
    const speeds = this.current[column.velocity];
    const tolerance = this.#tolerance(column);
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      // Velocities are settled before what they move: a change of velocity that is told explains the place.
      let expected = track[slot] + speeds[slot] * stepsPerVelocity;
      if (expected < lowest || expected > highest) expected = confine(column, expected);
      const off = expected - values[slot];
      if (off > tolerance || off < -tolerance) this.#putRight(column, slot, tick);
      else track[slot] = expected;
    }
  }

  #recordRotation(rotation: Rotation, tick: Tick, { slots, count }: SlotList): void {
    const { first, spin } = rotation;
    const { current, state } = this;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      for (let part = first; part < first + 4; part++) state[part] = current[part][slot];
      if (spin >= 0) {
        const [x, y, z] = [current[spin], current[spin + 1], current[spin + 2]];
        turn(this.table.type, state, rotation, x[slot], y[slot], z[slot], 1);
      }
      this.#settleRotation(first, slot, tick);
    }
  }

  #recordDeclared(tick: Tick, { slots, count }: SlotList): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      this.foretell(slot);
      for (const column of this.#order) {
        if (this.rotationOf(column) !== undefined) this.#settleRotation(column.index, slot, tick);
        else this.#settle(column, slot, tick);
      }
    }
  }

  /** Sets `state` to what an entity's state one tick before makes of it. */
  protected foretell(slot: number): void {
    const { current, state } = this;
    for (let c = 0; c < current.length; c++) state[c] = current[c][slot];
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
    this.current[index][slot] = this.state[index];
  }

  #settleRotation(first: number, slot: number, tick: Tick): void {
    const { current, state } = this;
    const { columns } = this.table.type;
    const part = columns[first + 1];
    if (!isRotationNear(state, this.table.quantised, first, slot, part.highest, this.#tolerance(part)))
      for (let c = first; c < first + 4; c++) this.takeTruth(columns[c], slot, tick);
    for (let c = first; c < first + 4; c++) current[c][slot] = state[c];
  }

  #putRight(column: Column, slot: number, tick: Tick): void {
    const { index } = column;
    this.current[index][slot] = this.#right(column, this.table.quantised[index][slot]);
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
