import type { InterestSource } from "./interest-source.ts";

/** Chains share these heads by the low bits of the player number, so its size does not grow with players. */
const HEADS = 1024;
const HEAD_MASK = HEADS - 1;
const NOBODY = 0;

/** Finds the entities of one player without looking at all others. Built anew when entities appear or go. */
export class OwnerIndex {
  readonly #head = new Int32Array(HEADS).fill(-1);
  /** By row. */
  #next = new Int32Array(0);
  #owner: Uint16Array = new Uint16Array(0);

  build({ owner, order, count, size }: InterestSource): void {
    if (size > this.#next.length) this.#next = new Int32Array(Math.max(size, this.#next.length * 2, 64));
    this.#owner = owner;
    this.#head.fill(-1);
    for (let rank = 0; rank < count; rank++) {
      const row = order[rank];
      if (owner[row] === NOBODY) continue;
      this.#next[row] = this.#head[owner[row] & HEAD_MASK];
      this.#head[owner[row] & HEAD_MASK] = row;
    }
  }

  /** The first row in a walk over the entities of `player`; -1: none. */
  first(player: number): number {
    return player === NOBODY ? -1 : this.#from(this.#head[player & HEAD_MASK], player);
  }

  /** The row after `row` in that walk; -1: none. */
  next(row: number): number {
    return this.#from(this.#next[row], this.#owner[row]);
  }

  #from(row: number, player: number): number {
    let at = row;
    while (at >= 0 && this.#owner[at] !== player) at = this.#next[at];
    return at;
  }
}
