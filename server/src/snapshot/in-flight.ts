import {
  type ClientBlock,
  EARLIER,
  FIRST_IN_FLIGHT,
  LAST_IN_FLIGHT,
  LATER,
  ROW,
  TOLD,
} from "./client-block.ts";

/** The open client's slots of which one packet has told and no acknowledgement has decided, in the order of the packets. */
export class InFlight {
  readonly #client: ClientBlock;

  constructor(client: ClientBlock) {
    this.#client = client;
  }

  /** The slot told of longest ago, or -1. */
  get first(): number {
    return this.#client.words[this.#client.base + FIRST_IN_FLIGHT] - 1;
  }

  /** The slot told of after this one, or -1. */
  after(slot: number): number {
    return this.#client.words[this.#client.rows + slot * ROW + LATER] - 1;
  }

  /** Puts a slot at the end, which the packet just sent told of. */
  add(slot: number): void {
    const { words, base, rows } = this.#client;
    const row = rows + slot * ROW;
    const last = words[base + LAST_IN_FLIGHT];
    words[row + EARLIER] = last;
    words[row + LATER] = 0;
    words[last === 0 ? base + FIRST_IN_FLIGHT : rows + (last - 1) * ROW + LATER] = slot + 1;
    words[base + LAST_IN_FLIGHT] = slot + 1;
  }

  /** Takes a slot out, if it is in; what it was told then has to be noted anew. */
  remove(slot: number): void {
    const { words, base, rows } = this.#client;
    const row = rows + slot * ROW;
    if (words[row + TOLD] < 0) return;
    const earlier = words[row + EARLIER];
    const later = words[row + LATER];
    words[earlier === 0 ? base + FIRST_IN_FLIGHT : rows + (earlier - 1) * ROW + LATER] = later;
    words[later === 0 ? base + LAST_IN_FLIGHT : rows + (later - 1) * ROW + EARLIER] = earlier;
  }
}
