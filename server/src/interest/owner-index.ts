import type { InterestSource } from "./interest-policy.ts";
import type { RankOrder } from "./rank-order.ts";
import type { RankSet } from "./rank-set.ts";

/** Chains share these heads by the low bits of the player number, so its size does not grow with players. */
const HEADS = 1024;
const HEAD_MASK = HEADS - 1;
const NOBODY = 0;

/** Finds the entities of one player without looking at all others. Built once per tick. */
export class OwnerIndex {
  readonly #head = new Int32Array(HEADS);
  #next = new Int32Array(0);
  #owner = new Int32Array(0);

  build(source: InterestSource, order: RankOrder): void {
    if (order.count > this.#next.length) {
      this.#next = new Int32Array(Math.max(order.count, this.#next.length * 2, 64));
      this.#owner = new Int32Array(this.#next.length);
    }
    this.#head.fill(-1);
    const owners = source.owner;
    const { count, rows } = order;
    for (let rank = 0; rank < count; rank++) {
      const owner = owners[rows[rank]];
      if (owner === NOBODY) continue;
      this.#owner[rank] = owner;
      this.#next[rank] = this.#head[owner & HEAD_MASK];
      this.#head[owner & HEAD_MASK] = rank;
    }
  }

  /** Adds the ranks of all entities of `player` to `found`. */
  addTo(found: RankSet, player: number): void {
    if (player === NOBODY) return;
    for (let rank = this.#head[player & HEAD_MASK]; rank >= 0; rank = this.#next[rank]) {
      if (this.#owner[rank] === player) found.add(rank);
    }
  }
}
