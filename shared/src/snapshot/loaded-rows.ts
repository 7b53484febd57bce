import type { Tick } from "../tick/tick.ts";
import type { Rows } from "./entity-codec.ts";
import type { TableHistory } from "./history.ts";
import type { DetailLevel } from "./level.ts";

/** States of the past side by side in columns, as replicas hold theirs: the last few that were loaded, in turn. */
export class LoadedRows {
  readonly rows: Rows;
  readonly #history: TableHistory;
  readonly #state: Int32Array;
  readonly #count: number;
  #next = 0;

  /** `count`: how many states are needed at the same time. */
  constructor(history: TableHistory, count: number) {
    const { columns } = history.type;
    this.#history = history;
    this.#count = count;
    this.#state = new Int32Array(columns.length);
    this.rows = columns.map(() => new Int32Array(count));
  }

  /** Loads what clients of a level get of an entity at a tick, one of the last HISTORY_TICKS. Returns its row. */
  load(slot: number, tick: Tick, level: DetailLevel): number {
    const row = this.#next;
    this.#next = (row + 1) % this.#count;
    this.#history.load(slot, tick, level, this.#state);
    for (let c = 0; c < this.rows.length; c++) this.rows[c][row] = this.#state[c];
    return row;
  }
}
