import type { Tick } from "../tick/tick.ts";

/**
 * States of entities at some ticks, the newest few of each, so that the past is a short list of what could not be foretold. An
 * entry is the tick and one number per column.
 */
export class Keyframes {
  readonly #columns: number;
  /** Entries kept of each entity, a power of two. */
  readonly #kept: number;
  /** Whether an entity's entries lie in a row, or those that all entities made together. */
  readonly #isByEntity: boolean;
  #entries = new Int32Array(0);
  /** By slot: number of the newest entry. */
  #newest = new Uint8Array(0);
  #capacity = 0;
  #slotStride = 0;
  #entryStride = 0;

  constructor(columns: number, kept: number, isByEntity: boolean) {
    this.#columns = columns;
    this.#kept = kept;
    this.#isByEntity = isByEntity;
  }

  resize(capacity: number): void {
    const size = this.#columns + 1;
    const old = { entries: this.#entries, slot: this.#slotStride, entry: this.#entryStride };
    this.#slotStride = this.#isByEntity ? size * this.#kept : size;
    this.#entryStride = this.#isByEntity ? size : size * capacity;
    this.#entries = new Int32Array(capacity * this.#kept * size);
    for (let slot = 0; slot < this.#capacity; slot++)
      for (let entry = 0; entry < this.#kept; entry++) {
        const from = slot * old.slot + entry * old.entry;
        this.#entries.set(old.entries.subarray(from, from + size), this.#at(slot, entry));
      }
    const newest = new Uint8Array(capacity);
    newest.set(this.#newest);
    this.#newest = newest;
    this.#capacity = capacity;
  }

  /** Adds an entity's state of a tick, which is newer than those before, or what goes for the same tick instead. */
  add(slot: number, tick: Tick, state: readonly Int32Array[]): void {
    const entries = this.#entries;
    const entry = (this.#newest[slot] + 1) & (this.#kept - 1);
    this.#newest[slot] = entry;
    let at = this.#at(slot, entry);
    entries[at] = tick;
    for (let c = 0; c < this.#columns; c++) entries[++at] = state[c][slot];
  }

  /** Loads the newest state of an entity that is not newer than a tick; returns the tick it is of. */
  load(slot: number, tick: Tick, state: Int32Array): Tick {
    const entries = this.#entries;
    let entry = this.#newest[slot];
    let at = this.#at(slot, entry);
    for (let i = 1; i < this.#kept && entries[at] > tick; i++) {
      entry = (entry - 1) & (this.#kept - 1);
      at = this.#at(slot, entry);
    }
    const found = entries[at];
    for (let c = 0; c < this.#columns; c++) state[c] = entries[++at];
    return found;
  }

  #at(slot: number, entry: number): number {
    return slot * this.#slotStride + entry * this.#entryStride;
  }
}
