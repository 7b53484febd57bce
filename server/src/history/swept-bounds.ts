import { HISTORY_TICKS, SHOWN, type TableHistory, type Tick } from "@tidelock/shared";

/** Ticks that share one box; a power of two. */
const BLOCK_TICKS = 8;
const BLOCKS = HISTORY_TICKS / BLOCK_TICKS;

/**
 * For each entity of a table the box that its places of the last 64 ticks lie in, so that a shot is compared with few. It is brought up
 * to date when it is asked for, a tick at a time: a room in which nobody shoots pays nothing.
 */
export class SweptBounds {
  readonly #history: TableHistory;
  readonly #axes: readonly number[];
  readonly #state: Int32Array;
  #capacity = 0;
  /** By axis: the box of each block and slot. */
  #lows: Int32Array[] = [];
  #highs: Int32Array[] = [];
  /** By axis: the box of all blocks, by slot, in the game's units. */
  #low: Float64Array[] = [];
  #high: Float64Array[] = [];
  #tick: Tick = -1;

  constructor(history: TableHistory) {
    this.#history = history;
    this.#axes = history.type.location;
    this.#state = new Int32Array(history.type.columns.length);
  }

  /** Takes in what was recorded up to `tick`. */
  refresh(tick: Tick): void {
    const { table } = this.#history;
    if (tick === this.#tick && table.capacity === this.#capacity) return;
    if (table.capacity !== this.#capacity) this.#resize(table.capacity);
    const oldest = tick - HISTORY_TICKS + BLOCK_TICKS;
    const from = Math.max(this.#tick + 1, oldest - (oldest & (BLOCK_TICKS - 1)), 0);
    for (let t = from; t <= tick; t++) this.#fold(t);
    this.#tick = tick;
    this.#join();
  }

  /** False when an entity was surely outside the box `low` to `high` in all the time up to the tick of the last `refresh`. */
  mayTouch(slot: number, low: Float64Array, high: Float64Array): boolean {
    for (let axis = 0; axis < this.#axes.length; axis++)
      if (this.#low[axis][slot] > high[axis] || this.#high[axis][slot] < low[axis]) return false;
    return true;
  }

  #fold(tick: Tick): void {
    const { table } = this.#history;
    const block = ((tick / BLOCK_TICKS) & (BLOCKS - 1)) * this.#capacity;
    const isFirst = (tick & (BLOCK_TICKS - 1)) === 0;
    for (let slot = 0; slot < table.highWater; slot++) {
      this.#history.load(slot, tick, SHOWN, this.#state);
      for (let axis = 0; axis < this.#axes.length; axis++) {
        const place = this.#state[this.#axes[axis]];
        const low = this.#lows[axis];
        const high = this.#highs[axis];
        if (isFirst || place < low[block + slot]) low[block + slot] = place;
        if (isFirst || place > high[block + slot]) high[block + slot] = place;
      }
    }
  }

  #join(): void {
    const { highWater, type } = this.#history.table;
    for (let axis = 0; axis < this.#axes.length; axis++) {
      const { grid } = type.columns[this.#axes[axis]];
      for (let slot = 0; slot < highWater; slot++) {
        let low = this.#lows[axis][slot];
        let high = this.#highs[axis][slot];
        for (let at = slot + this.#capacity; at < this.#lows[axis].length; at += this.#capacity) {
          low = Math.min(low, this.#lows[axis][at]);
          high = Math.max(high, this.#highs[axis][at]);
        }
        this.#low[axis][slot] = low * grid;
        this.#high[axis][slot] = high * grid;
      }
    }
  }

  #resize(capacity: number): void {
    this.#capacity = capacity;
    this.#tick = -1;
    const boxes = (): Int32Array[] => this.#axes.map(() => new Int32Array(capacity * BLOCKS));
    const joined = (): Float64Array[] => this.#axes.map(() => new Float64Array(capacity));
    this.#lows = boxes();
    this.#highs = boxes();
    this.#low = joined();
    this.#high = joined();
  }
}
