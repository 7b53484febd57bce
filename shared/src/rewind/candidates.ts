import { TidelockError } from "../errors/tidelock-error.ts";
import type { EntityId, PlayerNumber } from "../world/entity-id.ts";
import type { PastEntities } from "../world/past.ts";
import type { Table } from "../world/table.ts";
import type { World } from "../world/world.ts";

/** An entity that a shot may meet. One object, filled anew for each. */
export interface Candidate {
  id: EntityId;
  owner: PlayerNumber;
  /** Where it is at the first and at the last moment asked for, in three components. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Seen in the past; otherwise as it is now. */
  isPast: boolean;
}

/** The one being visited: no query begins while another visits. */
const candidate: Candidate = {
  id: 0,
  owner: 0,
  start: new Float64Array(3),
  end: new Float64Array(3),
  isPast: false,
};

/** The entities of one kind as one player sees them: most in the past, what the player predicts as it is now. */
export class Candidates {
  readonly table: Table;
  /** Undefined when everything is taken as it is now. */
  readonly #past: PastEntities | undefined;
  #index = 0;

  /** @throws TidelockError `world/no-place` for a kind of entity that has no position. */
  constructor(world: World, type: string, player: PlayerNumber, moment: number) {
    const table = world.tables.find((table) => table.type.name === type);
    if (table === undefined || table.type.location.length === 0)
      throw new TidelockError(
        "world/no-place",
        `rewind: "${type}" is no entity of this game that has a position; use one that has`,
      );
    this.table = table;
    this.#past = Number.isNaN(moment) ? undefined : world.past?.seenBy(player, table.type.index);
  }

  /** Visits all that can be in the box `low` to `high` between two moments. */
  each(
    low: Float64Array,
    high: Float64Array,
    from: number,
    to: number,
    visit: (candidate: Candidate) => void,
  ): void {
    // On a plane nothing writes the third component.
    candidate.start[2] = candidate.end[2] = 0;
    if (this.#past !== undefined) this.#eachPast(this.#past, low, high, from, to, visit);
    // What a player predicts for being its owner it cannot hit.
    if (this.#past === undefined || this.table.type.predicted === "everyone")
      this.#eachPresent(low, high, visit);
  }

  #eachPast(
    past: PastEntities,
    low: Float64Array,
    high: Float64Array,
    from: number,
    to: number,
    visit: (candidate: Candidate) => void,
  ): void {
    candidate.isPast = true;
    const { count } = past;
    for (let i = 0; i < count; i++) {
      if (!past.mayTouch(i, low, high)) continue;
      candidate.id = past.idAt(i);
      if (candidate.id === 0) continue;
      if (!past.locate(i, from, candidate.start)) continue;
      if (to === from) candidate.end.set(candidate.start);
      else if (!past.locate(i, to, candidate.end)) continue;
      candidate.owner = past.ownerAt(i);
      this.#index = i;
      visit(candidate);
    }
  }

  /** Where the candidate being visited was at another moment; false when it was not there. */
  locate(moment: number, place: Float64Array): boolean {
    if (this.#past !== undefined && candidate.isPast) return this.#past.locate(this.#index, moment, place);
    place.set(candidate.start);
    return true;
  }

  /** The fields of the candidate being visited, as the player saw it at a moment. */
  show(moment: number): Record<string, unknown> {
    const { table } = this;
    if (this.#past === undefined || !candidate.isPast)
      return table.view(table.find(candidate.id)) as unknown as Record<string, unknown>;
    const view: Record<string, unknown> = {};
    if (this.#past.locate(this.#index, moment, candidate.start)) this.#past.show(view);
    return view;
  }

  #eachPresent(low: Float64Array, high: Float64Array, visit: (candidate: Candidate) => void): void {
    const { type, order, count, alive, ids, owners, values } = this.table;
    candidate.isPast = false;
    for (let i = 0; i < count; i++) {
      const slot = order[i];
      if (alive[slot] === 0) continue;
      let isNear = true;
      for (let axis = 0; axis < type.location.length; axis++) {
        const place = values[type.location[axis]][slot];
        candidate.start[axis] = place;
        if (place < low[axis] || place > high[axis]) isNear = false;
      }
      if (!isNear) continue;
      candidate.end.set(candidate.start);
      candidate.id = ids[slot];
      candidate.owner = owners[slot];
      visit(candidate);
    }
  }
}
