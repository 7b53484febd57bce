import { TidelockError } from "../errors/tidelock-error.ts";
import { AUDIENCES, type Column } from "../schema/column.ts";
import type { FarDetail } from "../schema/entity-type.ts";
import type { Tick } from "../tick/tick.ts";
import type { Table } from "../world/table.ts";
import { isRotationNear } from "./lattice.ts";
import { type SlotList, Track } from "./track.ts";

/**
 * The track of clients far away: an entity is compared with the truth only every few ticks, and only a large error in place or
 * rotation counts. Velocities are told with the place they explain. All clients far away share it, so a lower rate costs nothing
 * per client.
 */
export class FarTrack extends Track {
  readonly #far: FarDetail;
  /** Columns that are put right but never looked at: what moves or turns by them is. */
  readonly #movers: ReadonlySet<number>;
  /** What is put right together: those who get one of these columns get all of them. */
  readonly #byAudience: readonly (readonly Column[])[];

  constructor(table: Table) {
    super(table, true);
    const { type } = table;
    if (type.far === undefined)
      throw new TidelockError("schema/bad-far-detail", `${type.name} declares no far detail`);
    this.#far = type.far;
    this.#byAudience = AUDIENCES.map((audience) =>
      type.columns.filter((column) => column.audience === audience),
    );
    this.#movers = new Set([
      ...type.columns.map(({ velocity }) => velocity),
      ...type.rotations.flatMap(({ spin }) => (spin < 0 ? [] : [spin, spin + 1, spin + 2])),
    ]);
  }

  protected override recordColumns(tick: Tick, { slots, count }: SlotList): void {
    const { current, state } = this;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      this.foretell(slot);
      if ((tick + slot) % this.#far.every === 0) this.#putRightWhatIsOff(slot, tick);
      for (let c = 0; c < current.length; c++) current[c][slot] = state[c];
    }
  }

  #putRightWhatIsOff(slot: number, tick: Tick): void {
    for (const columns of this.#byAudience) {
      let isOff = false;
      for (const column of columns) isOff ||= this.#isOff(column, slot);
      if (isOff) for (const column of columns) this.takeTruth(column, slot, tick);
    }
  }

  #isOff(column: Column, slot: number): boolean {
    if (this.#movers.has(column.index)) return false;
    const rotation = this.rotationOf(column);
    const tolerance = column.shownSteps > 1 || column.velocity >= 0 ? this.#tolerance(column) : 0;
    if (rotation === undefined) return !this.isNear(column, slot, tolerance);
    if (column.index !== rotation.first) return false;
    const part = this.table.type.columns[rotation.first + 1];
    return !isRotationNear(
      this.state,
      this.table.quantised,
      rotation.first,
      slot,
      part.highest,
      this.#tolerance(part),
    );
  }

  #tolerance({ shownSteps }: Column): number {
    return (shownSteps * this.#far.coarser) >> 1;
  }
}
