import type { Table } from "../../world/table.ts";

/** An entity that has a body, and how far the body reaches from its middle. */
export interface Reaching {
  readonly table: Table;
  readonly slot: number;
  readonly reach: number;
}

/** Ticks remembered: as many as a client ever goes back. A power of two. */
const REMEMBERED = 64;
const AXES = 3;

/** What a tick began and ended with, one row of all columns per body, and how far each reaches along an axis. */
interface Remembered {
  readonly tick: number;
  readonly rows: ReadonlyMap<number, number>;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly at: Float64Array;
  readonly reach: Float64Array;
}

/**
 * Remembers what became of bodies in a tick, for when it is stepped again. Bodies that begin as they did then, and are too far from
 * all that does not for the difference to reach them within a tick, end as they did then: those need no step. It is a matter of
 * time only. What is remembered is looked up by what it began with, so it cannot be wrong, whatever world it is of.
 */
export class IslandMemo {
  readonly #ticks: (Remembered | undefined)[] = [];
  #now: Remembered | undefined;
  #past: Remembered | undefined;
  #bodies: readonly Reaching[] = [];
  #isStepped = new Uint8Array(0);

  /** Which of the bodies have to be stepped in this tick; a flag for each. */
  begin(tick: number, bodies: readonly Reaching[]): Uint8Array {
    const stride = bodies.reduce((most, { table }) => Math.max(most, table.values.length), 0);
    const count = bodies.length;
    this.#past = this.#ticks[tick & (REMEMBERED - 1)];
    if (this.#past?.tick !== tick || this.#past.start.length !== this.#past.rows.size * stride)
      this.#past = undefined;
    const now = {
      tick,
      rows: new Map(bodies.map(({ table, slot }, i) => [table.ids[slot], i])),
      start: new Float64Array(count * stride),
      end: new Float64Array(count * stride),
      at: new Float64Array(count * AXES),
      reach: new Float64Array(count),
    };
    this.#bodies = bodies;
    this.#now = now;
    this.#isStepped = new Uint8Array(count).fill(1);
    for (const [i, body] of bodies.entries()) {
      const { values, type } = body.table;
      for (let c = 0; c < values.length; c++) now.start[i * stride + c] = values[c][body.slot];
      for (const [axis, column] of type.location.entries())
        now.at[i * AXES + axis] = values[column][body.slot];
      now.reach[i] = body.reach + fastest(body.table) * type.dt;
    }
    if (this.#past !== undefined) this.#sort(now, this.#past, stride);
    return this.#isStepped;
  }

  /** Takes over what was not stepped, and remembers the tick. */
  end(): void {
    const { past, now } = { past: this.#past, now: this.#now };
    if (now === undefined) return;
    const stride = this.#bodies.length === 0 ? 0 : now.start.length / this.#bodies.length;
    for (const [i, { table, slot }] of this.#bodies.entries()) {
      const { values } = table;
      const before = past?.rows.get(table.ids[slot]);
      for (let c = 0; c < values.length; c++) {
        if (this.#isStepped[i] === 0 && past !== undefined && before !== undefined)
          values[c][slot] = past.end[before * stride + c];
        now.end[i * stride + c] = values[c][slot];
      }
    }
    this.#ticks[now.tick & (REMEMBERED - 1)] = now;
  }

  /** Spreads from what is different, then and now, over all that is near. */
  #sort(now: Remembered, past: Remembered, stride: number): void {
    const open: number[] = [];
    const left = new Set(past.rows.values());
    for (const [id, i] of now.rows) {
      const before = past.rows.get(id);
      const isSame =
        before !== undefined && isEqual(now.start, i * stride, past.start, before * stride, stride);
      if (isSame) left.delete(before);
      else open.push(i);
      this.#isStepped[i] = isSame ? 0 : 1;
    }
    // Where something was then that is not there now, its neighbours may miss it.
    for (const gone of left) this.#reachFrom(past, gone, now, open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) this.#reachFrom(now, next, now, open);
  }

  #reachFrom(from: Remembered, row: number, now: Remembered, open: number[]): void {
    for (let i = 0; i < now.reach.length; i++) {
      if (this.#isStepped[i] === 1) continue;
      const reach = now.reach[i] + from.reach[row];
      let axis = 0;
      while (axis < AXES && Math.abs(now.at[i * AXES + axis] - from.at[row * AXES + axis]) <= reach) axis++;
      if (axis < AXES) continue;
      this.#isStepped[i] = 1;
      open.push(i);
    }
  }
}

function isEqual(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

/** The fastest that an entity of the kind may move along an axis, in units per second. */
function fastest({ type }: Table): number {
  let most = 0;
  for (const column of type.location) {
    const { velocity } = type.columns[column];
    if (velocity >= 0) most = Math.max(most, type.columns[velocity].highest * type.columns[velocity].grid);
  }
  return most;
}
