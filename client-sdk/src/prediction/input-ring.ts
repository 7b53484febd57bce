import type { InputType, Tick } from "@tidelock/shared";

/** Inputs kept: those of every tick that may be replayed or sent again. A power of two. */
const KEPT = 128;

/** The player's own inputs by the tick they are meant for. */
export class InputRing {
  readonly #rows: readonly Int32Array[];
  readonly #ticks = new Int32Array(KEPT).fill(-1);
  readonly #neutral: Int32Array;

  constructor(type: InputType) {
    this.#rows = Array.from({ length: KEPT }, () => type.neutralRow());
    this.#neutral = type.neutralRow();
  }

  /** The row of `tick` for writing. */
  open(tick: Tick): Int32Array {
    const at = tick & (KEPT - 1);
    this.#ticks[at] = tick;
    return this.#rows[at];
  }

  /** The row of `tick`; at rest when nothing was recorded for it. */
  readonly at = (tick: Tick): Int32Array => {
    const at = tick & (KEPT - 1);
    return this.#ticks[at] === tick ? this.#rows[at] : this.#neutral;
  };
}
