import {
  type EntityId,
  HISTORY_TICKS,
  Interpolation,
  isExact,
  type KnownTicks,
  levelFor,
  LoadedRows,
  type PastEntities,
  type PlayerNumber,
  type Rows,
  SHOWN,
  type Table,
  type TableHistory,
  type Tick,
} from "@tidelock/shared";
import { SweptBounds } from "./swept-bounds.ts";
import type { Seen } from "./viewer.ts";

/** The past of one table as one player after another was shown it: from the values that were sent, between the ticks that arrived. */
export class TablePast implements PastEntities, KnownTicks {
  readonly rows: Rows;
  /** The two ticks that a moment lies between. */
  readonly #loaded: LoadedRows;
  readonly #table: Table;
  readonly #interpolation: Interpolation;
  readonly #bounds: SweptBounds;
  /** By slot: who is there since when, as far as it was recorded. */
  #ids = new Uint32Array(0);
  #since = new Int32Array(0);
  #version = -1;
  #newest: Tick = -1;
  #viewer: Seen | undefined;
  #player: PlayerNumber = 0;
  #slot = 0;
  /** The moment asked for is one that the player was shown; otherwise it is taken from every tick. */
  #isShown = false;

  constructor(history: TableHistory) {
    this.#loaded = new LoadedRows(history, 2);
    this.rows = this.#loaded.rows;
    this.#table = history.table;
    this.#interpolation = new Interpolation(history.type);
    this.#bounds = new SweptBounds(history);
  }

  /** Takes note of who came and went, after the history has recorded `tick`. */
  record(tick: Tick): void {
    this.#newest = tick;
    const { version, capacity, highWater, alive, ids } = this.#table;
    if (version === this.#version) return;
    this.#version = version;
    if (capacity !== this.#ids.length) this.#resize(capacity);
    for (let slot = 0; slot < highWater; slot++) {
      const id = alive[slot] === 1 ? ids[slot] : 0;
      if (id !== this.#ids[slot]) this.#since[slot] = tick;
      this.#ids[slot] = id;
    }
  }

  /** From now on answers for one player. */
  of(player: PlayerNumber, viewer: Seen | undefined): this {
    this.#player = player;
    this.#viewer = viewer;
    this.#bounds.refresh(this.#newest);
    return this;
  }

  get count(): number {
    return Math.min(this.#table.highWater, this.#ids.length);
  }

  idAt(slot: number): EntityId {
    const { type, ids, alive, owners } = this.#table;
    const id = this.#ids[slot];
    if (alive[slot] === 0 || ids[slot] !== id) return 0;
    return isExact(levelFor(type, owners[slot], this.#player)) ? 0 : id;
  }

  ownerAt(slot: number): PlayerNumber {
    return this.#table.owners[slot];
  }

  mayTouch(slot: number, low: Float64Array, high: Float64Array): boolean {
    // What was guessed may lie where the entity never was.
    const isGuess = this.#viewer !== undefined && this.#viewer.moment > this.#viewer.knownTick;
    return isGuess || this.#bounds.mayTouch(slot, low, high);
  }

  locate(slot: number, moment: number, place: Float64Array): boolean {
    this.#slot = slot;
    this.#isShown = this.#viewer !== undefined && moment <= this.#viewer.moment;
    if (!this.#interpolation.find(this, moment)) return false;
    this.#interpolation.place(place);
    return true;
  }

  show(view: Record<string, unknown>): void {
    this.#interpolation.show(view);
  }

  row(tick: Tick): number {
    return this.#loaded.load(this.#slot, tick, SHOWN);
  }

  floor(tick: Tick): Tick {
    const at = this.#isShown
      ? this.#viewer!.acked.floor(tick, this.#viewer!.knownTick)
      : Math.min(tick, this.#newest);
    return at >= this.#since[this.#slot] && at > this.#newest - HISTORY_TICKS ? at : -1;
  }

  after(tick: Tick): Tick {
    if (this.#isShown) return this.#viewer!.acked.after(tick, this.#viewer!.knownTick);
    return tick < this.#newest ? tick + 1 : -1;
  }

  #resize(capacity: number): void {
    const [ids, since] = [new Uint32Array(capacity), new Int32Array(capacity)];
    ids.set(this.#ids);
    since.set(this.#since);
    this.#ids = ids;
    this.#since = since;
  }
}
