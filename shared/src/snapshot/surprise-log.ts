import type { Tick } from "../tick/tick.ts";

const FIRST_SIZE = 256;

/**
 * Which entities of a table did not do as predicted, and when: the last tick of each, and the list in the order it happened, so
 * that who looks for the few that surprised need not look at all others.
 */
export class SurpriseLog {
  /** Tick of the last surprise by slot. */
  ticks = new Int32Array(0);
  /** Slots in the order they surprised, once per tick each; position `p` is at `p & (length - 1)`. */
  slots = new Int32Array(FIRST_SIZE);
  /** Position after the newest. */
  end = 0;
  /** By tick: the position at which its surprises begin. */
  readonly #begins: Float64Array;
  readonly #span: number;

  /** @param span ticks that can be asked for, a power of two */
  constructor(span: number) {
    this.#span = span;
    this.#begins = new Float64Array(span);
  }

  resize(capacity: number): void {
    const longer = new Int32Array(capacity);
    longer.set(this.ticks);
    this.ticks = longer;
    // Half a table surprising in every tick of the span is where a walk over all is as good.
    while (this.slots.length < capacity * 4) this.slots = this.#widened();
  }

  /** From now on it is `tick`. */
  begin(tick: Tick): void {
    this.#begins[tick & (this.#span - 1)] = this.end;
  }

  add(slot: number, tick: Tick): void {
    if (this.ticks[slot] === tick) return;
    this.ticks[slot] = tick;
    this.slots[this.end++ & (this.slots.length - 1)] = slot;
  }

  /** Position of the first surprise of `tick`, one of the span's; -1 when the list no longer reaches back so far. */
  since(tick: Tick): number {
    const begin = this.#begins[tick & (this.#span - 1)];
    return this.end - begin > this.slots.length ? -1 : begin;
  }

  #widened(): Int32Array<ArrayBuffer> {
    const wide = new Int32Array(this.slots.length * 2);
    const oldest = Math.max(0, this.end - this.slots.length);
    for (let p = oldest; p < this.end; p++)
      wide[p & (wide.length - 1)] = this.slots[p & (this.slots.length - 1)];
    return wide;
  }
}
