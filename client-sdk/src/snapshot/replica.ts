import {
  type DetailLevel,
  EntityCodec,
  type EntityId,
  type EntityType,
  HISTORY_TICKS,
  type PlayerNumber,
  type Tick,
} from "@tidelock/shared";

/** The row beyond the 64: what a packet says while it is not known yet whether it is sound. */
const STAGED = HISTORY_TICKS;

/** An entity as this client has received it: its last 64 ticks, as far as they arrived. */
export class Replica {
  readonly type: EntityType;
  readonly id: EntityId;
  readonly owner: PlayerNumber;
  readonly level: DetailLevel;
  readonly codec: EntityCodec;
  /** Quantised columns; a row per tick, see `row`. */
  readonly rows: readonly Int32Array[];
  readonly #ticks = new Int32Array(HISTORY_TICKS).fill(-1);
  /** Newest tick received, -1 before the first. */
  newest: Tick = -1;
  /** First tick received. */
  first: Tick = -1;
  /** Tick at which the server took it out of this client's view, or -1. */
  goneAt: Tick = -1;

  constructor(type: EntityType, id: EntityId, owner: PlayerNumber, level: DetailLevel) {
    this.type = type;
    this.id = id;
    this.owner = owner;
    this.level = level;
    this.codec = EntityCodec.of(type);
    this.rows = type.columns.map(() => new Int32Array(HISTORY_TICKS + 1));
  }

  row(tick: Tick): number {
    return tick & (HISTORY_TICKS - 1);
  }

  has(tick: Tick): boolean {
    return this.#ticks[this.row(tick)] === tick;
  }

  /** The row to write a state to that `take` may make that of a tick. */
  get staged(): number {
    return STAGED;
  }

  /** The staged row is the state at `tick`. */
  take(tick: Tick): void {
    const row = this.row(tick);
    for (const column of this.rows) column[row] = column[STAGED];
    this.#ticks[row] = tick;
    if (tick > this.newest) this.newest = tick;
    if (this.first < 0) this.first = tick;
  }

  /** The newest received tick at or before `tick`, or -1. */
  floor(tick: Tick): Tick {
    const newest = Math.min(tick, this.newest);
    // After a silence the last row of before it is older than 64 ticks, and still there as long as no newer one took its place.
    const oldest = Math.max(this.first, newest - HISTORY_TICKS + 1, 0);
    for (let t = newest; t >= oldest; t--) if (this.has(t)) return t;
    return -1;
  }

  /** The oldest received tick after `tick`, or -1. */
  after(tick: Tick): Tick {
    for (let t = Math.max(tick + 1, this.newest - HISTORY_TICKS + 1); t <= this.newest; t++)
      if (this.has(t)) return t;
    return -1;
  }
}
