import type { Sequence } from "@tidelock/shared";
import { type ClientBlock, ROW, TOLD_BITS } from "./client-block.ts";

/** Packets of which it is remembered what they told, when that was not all of the view. Two words of bits. */
export const TOLD_PACKETS = 64;

/** Which slots each of the open client's last packets told of, for those that told of a part: one bit per slot and packet. */
export class ToldSlots {
  readonly #client: ClientBlock;

  constructor(client: ClientBlock) {
    this.#client = client;
  }

  set(slot: number, sequence: Sequence, told: boolean): void {
    const { words } = this.#client;
    const at = this.#at(slot, sequence);
    const bit = 1 << (sequence & 31);
    words[at] = told ? words[at] | bit : words[at] & ~bit;
  }

  has(slot: number, sequence: Sequence): boolean {
    return ((this.#client.words[this.#at(slot, sequence)] >>> (sequence & 31)) & 1) === 1;
  }

  #at(slot: number, sequence: Sequence): number {
    return this.#client.rows + slot * ROW + TOLD_BITS + ((sequence >>> 5) & 1);
  }
}
