import type { Tick, WorldHistory } from "@tidelock/shared";
import type { ClientBlock } from "./client-block.ts";
import { type ClientSlots, levelOf } from "./client-slots.ts";

/** The open client's slots that surprised, found by who surprised rather than by looking at every slot. */
export class SurprisedSlots {
  readonly #client: ClientBlock;
  readonly #slots: ClientSlots;
  readonly #history: WorldHistory;
  /** What `find` found, ascending. */
  slots = new Int32Array(64);
  #count = 0;

  constructor(client: ClientBlock, slots: ClientSlots, history: WorldHistory) {
    this.#client = client;
    this.#slots = slots;
    this.#history = history;
  }

  /** Finds the slots that surprised after a tick at the level they are shown at; all must be settled. Returns how many there are. */
  find(after: Tick): number {
    const { words, places } = this.#client;
    this.#count = 0;
    for (const [index, history] of this.#history.tables.entries()) {
      const { ids } = history.table;
      for (const log of history.logs) {
        const { slots, end } = log;
        for (let p = log.since(after + 1); p < end; p++) {
          const entity = slots[p & (slots.length - 1)];
          const slot = this.#slots.find(index, entity, ids[entity]);
          if (slot >= 0 && log === history.log(levelOf(words[places + slot]))) this.#add(slot);
        }
      }
    }
    return this.#count;
  }

  /** Puts a slot in its place, once. */
  #add(slot: number): void {
    if (this.#count === this.slots.length) {
      const longer = new Int32Array(this.#count * 2);
      longer.set(this.slots);
      this.slots = longer;
    }
    const { slots } = this;
    let at = this.#count;
    while (at > 0 && slots[at - 1] > slot) at--;
    if (at > 0 && slots[at - 1] === slot) return;
    slots.copyWithin(at + 1, at, this.#count++);
    slots[at] = slot;
  }
}
