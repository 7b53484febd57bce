import type { ClientBlock } from "./client-block.ts";

/** A scale of one, as a client's word has it. */
export const ONE = 256;
const SMALLEST = ONE / 16;
const LARGEST = ONE * 16;

/** Learns from one packet to a client for its next how many bits something takes that was expected to take so many. */
export class BitsLearnt {
  readonly #word: number;
  /** What the expected has to be multiplied by. */
  scale = 1;
  #expected = 0;
  #taken = 0;

  /** @param word where the client's block has the scale. */
  constructor(word: number) {
    this.#word = word;
  }

  begin({ words, base }: ClientBlock): void {
    this.scale = words[base + this.#word] / ONE;
    this.#expected = 0;
    this.#taken = 0;
  }

  /** Something took so many bits that was expected to take others, by the present scale. */
  add(expected: number, taken: number): void {
    this.#expected += expected;
    this.#taken += taken;
  }

  end({ words, base }: ClientBlock): void {
    if (this.#expected === 0) return;
    const scale = (this.scale * ONE * (1 + this.#taken / this.#expected)) / 2;
    words[base + this.#word] = Math.max(SMALLEST, Math.min(LARGEST, Math.round(scale)));
  }
}
