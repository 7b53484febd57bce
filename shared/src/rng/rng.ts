import { TidelockError } from "../errors/tidelock-error.ts";

/** Words of state that {@link Rng.save} writes. */
export const RNG_STATE_WORDS = 4;

/** Rounds thrown away after seeding, as in the reference: after these every seed bit has reached every state bit. */
const WARM_UP_ROUNDS = 15;
const TWO_POW_32 = 0x1_0000_0000;

/**
 * A seeded generator with the same sequence in every engine: sfc32, "small fast counter" by Chris Doty-Humphrey,
 * published with PractRand (pracrand.sourceforge.net) in the public domain. 128 bits of state, of which 32 are a
 * counter, so that no cycle is shorter than 2^32 numbers.
 *
 * It is not for secrets: from a few outputs all later ones can be computed.
 */
export class Rng {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** Seeds with up to three integers, each taken modulo 2^32. Equal seeds give equal sequences. */
  constructor(seedA: number, seedB = 0, seedC = 0) {
    this.reseed(seedA, seedB, seedC);
  }

  /** Starts the sequence of another seed, so that one object can serve many streams without allocating. */
  reseed(seedA: number, seedB = 0, seedC = 0): this {
    this.#a = seedA | 0;
    this.#b = seedB | 0;
    this.#c = seedC | 0;
    this.#counter = 1;
    for (let i = 0; i < WARM_UP_ROUNDS; i += 1) this.uint32();
    return this;
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A number in [0, 1), a multiple of 2^-32. */
  float(): number {
    return this.uint32() / TWO_POW_32;
  }

  /**
   * An integer from 0 to `n` - 1, each with exactly the same probability.
   * @throws TidelockError `config/rng-range` unless `n` is an integer from 1 to 2^32.
   */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_POW_32) {
      throw new TidelockError(
        "config/rng-range",
        `Rng.int(n): n is ${n}; it must be an integer from 1 to 2^32. Pass the number of possible outcomes.`,
      );
    }
    // The last, incomplete run of n values is thrown away: keeping it would favour the small results.
    const limit = TWO_POW_32 - (TWO_POW_32 % n);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % n;
  }

  /** A number from `min` (included) up to `max` (excluded, unless rounding reaches it). */
  range(min: number, max: number): number {
    return min + (max - min) * this.float();
  }

  /** Writes the state as {@link RNG_STATE_WORDS} words at `offset`. */
  save(into: Uint32Array, offset = 0): void {
    into[offset] = this.#a;
    into[offset + 1] = this.#b;
    into[offset + 2] = this.#c;
    into[offset + 3] = this.#counter;
  }

  /** Continues from a state that {@link Rng.save} wrote. */
  restore(from: Uint32Array, offset = 0): void {
    this.#a = from[offset] | 0;
    this.#b = from[offset + 1] | 0;
    this.#c = from[offset + 2] | 0;
    this.#counter = from[offset + 3] | 0;
  }
}
